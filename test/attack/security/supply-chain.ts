/** What the published package consists of: no other package at run time, no script that runs at installation. */
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { root } from '../../../tables/root.js';
import type { Trial } from '../part.js';

const folder = join(root, 'build/package');

/** The modules that a file loads, by any of the forms that a compiled file has. */
function modulesIn(code: string): string[] {
  const pattern =
    /\b(?:require|import)\(\s*(['"])([^'"\n]+)\1\s*\)|\bfrom\s*(['"])([^'"\n]+)\3|\bimport\s*(['"])([^'"\n]+)\5/g;
  const withoutComments = code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return [...withoutComments.matchAll(pattern)].map(match => (match[2] ?? match[4] ?? match[6])!);
}

const own = (name: string): boolean =>
  name.startsWith('.') || name.startsWith('#') || /^berkeley(\/|$)/.test(name);

export async function supplyChain(trial: Trial): Promise<void> {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const key of ['dependencies', 'optionalDependencies', 'bundleDependencies', 'scripts', 'gypfile'])
    trial.expect(!(key in manifest), `the published package.json has ${key}`);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  trial.expect(!files.includes('binding.gyp'), 'npm would compile a binding.gyp at installation');
  const code = files.filter(file => /^(dist\/.*|binding)\.(js|cjs|mjs)$/.test(file));
  let count = 0;
  for (const file of code) {
    for (const name of modulesIn(readFileSync(join(folder, file), 'utf8'))) {
      count++;
      trial.expect(own(name) || isBuiltin(name), `${file} loads ${name}`);
      trial.expect(!isBuiltin(name) || name.startsWith('node:'), `${file} loads ${name} without node:`);
    }
  }
  trial.expect(count > code.length, 'the imports were not found');
  trial.figure('files of code', code.length);
  trial.figure('modules that they load', count);
}
