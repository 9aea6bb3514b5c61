/**
 * `npm install` with the `overrides` of the README of each package: a dependency that requires the original gets ours. A
 * registry on this machine has all packages, made by `npm pack`.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../../tables/root.js';
import { notOnWindows } from '../support/kernel.js';
import { packageFolder } from '../support/packed.js';
import { Registry } from './registry.js';

const run = promisify(execFile);
const registry = new Registry();
const NAMES = ['unix-dgram', 'usocket'] as const;
const skip = notOnWindows('Unix datagrams');

/** Returns the example of the `package.json` in a README. */
function overridesOf(name: string): Record<string, string> {
  const text = readFileSync(join(root, 'packages', name, 'README.md'), 'utf8');
  return JSON.parse(/```json\n([^`]+)```/.exec(text)![1]!).overrides;
}

before(async () => {
  if (skip) return;
  registry.publish(packageFolder);
  for (const name of NAMES) registry.publish(join(root, 'packages', name));
  // The originals: they have an addon, and do not build here.
  const scripts = { install: 'exit 1' };
  for (const [name, version] of [
    ['unix-dgram', '2.0.7'],
    ['usocket', '1.1.0'],
  ] as const)
    registry.publishFiles({ name, version, scripts } as never, {
      'index.js': `throw new Error('${name} was not built')`,
    });
  const dependencies = { 'unix-dgram': '^2.0.7', usocket: '^1.0.1' };
  registry.publishFiles({ name: 'a-dependency', version: '1.0.0', dependencies } as never, {
    'index.js': `module.exports = { dgram: require('unix-dgram'), usocket: require('usocket') };`,
  });
  await registry.start();
});
after(() => registry.stop());

test('a dependency gets the packages of the overrides, and they work', {
  skip,
  timeout: 180_000,
}, async () => {
  const folder = join(registry.folder, 'program');
  await mkdir(folder);
  const overrides = Object.assign({}, ...NAMES.map(overridesOf));
  const manifest = { name: 'a-program', private: true, dependencies: { 'a-dependency': '1' }, overrides };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const settings = {
    npm_config_registry: registry.url,
    npm_config_cache: join(registry.folder, 'cache'),
    npm_config_userconfig: join(registry.folder, 'npmrc'),
  };
  const env = { ...process.env, ...settings };
  await run('npm', ['install', '--no-audit', '--no-fund', '--no-progress'], { cwd: folder, env });

  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
  for (const name of NAMES) assert.equal(lock[`node_modules/${name}`].name, `@berkeley/${name}`);
  const program = `
    const { dgram, usocket } = require('a-dependency');
    const path = process.cwd() + '/socket';
    const server = dgram.createSocket('unix_dgram', data => {
      console.log(String(data), typeof usocket.USocket);
      server.close();
    });
    server.bind(path);
    const client = dgram.createSocket('unix_dgram');
    client.send(Buffer.from('over berkeley'), 0, 13, path, () => client.close());`;
  const { stdout } = await run(process.execPath, ['--eval', program], { cwd: folder });
  assert.equal(stdout, 'over berkeley function\n');
});
