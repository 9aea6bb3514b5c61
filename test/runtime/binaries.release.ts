/**
 * Builds the binaries of a release and checks them: `npm run test:binaries`. For compilers that have not been used yet, the C
 * libraries of all targets are compiled, too, which takes minutes.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { root } from '../../tables/root.js';
import { missing, problemsIn, readBinary, replaced, targets } from './binary.js';

const folder = mkdtempSync(join(tmpdir(), 'berkeley-binaries-'));
after(() => rmSync(folder, { recursive: true }));

function build(source: string, output: string, ...names: readonly string[]): void {
  execFileSync(process.execPath, [join(source, 'scripts/build-all.mjs'), '--out', output, ...names], {
    stdio: 'pipe',
  });
}

describe('the binaries of a release', () => {
  const mine = join(folder, 'mine');

  test('are built and checked by one script', () => {
    build(root, mine);
    const built = targets.filter(({ platform }) => missing(platform) === undefined);
    assert.ok(built.length >= 11);
    assert.deepEqual(readdirSync(mine).sort(), built.map(({ name }) => `${name}.node`).sort());
  });

  test('are the same bytes wherever they are built', () => {
    const copy = join(folder, 'another folder');
    for (const part of ['native', 'scripts', 'package.json'])
      cpSync(join(root, part), join(copy, part), { recursive: true });
    for (const part of ['node_modules', 'build']) symlinkSync(join(root, part), join(copy, part));
    const names = [
      'linux-x64',
      'linux-arm',
      'linux-s390x',
      'linux-arm64-musl',
      'darwin-arm64',
      'freebsd-x64',
    ];
    build(copy, join(folder, 'theirs'), ...names);
    for (const name of names) {
      const [one, two] = ['mine', 'theirs'].map(place => readFileSync(join(folder, place, `${name}.node`)));
      assert.ok(one!.equals(two!), name);
    }
  });

  test('include Mach-O files, which the check can read', () => {
    const bytes = readFileSync(join(mine, 'darwin-arm64.node'));
    const target = targets.find(({ name }) => name === 'darwin-arm64')!;
    const { machine, imports, exports } = readBinary(bytes);
    assert.equal(machine, 'arm64');
    assert.ok(imports.some(({ name }) => name === 'kevent'));
    assert.ok(exports.includes('napi_register_module_v1'));
    assert.deepEqual(
      problemsIn(readBinary(replaced(bytes, '_napi_create_array', '_xapi_create_array')), target),
      ['imports xapi_create_array of no library'],
    );
  });

  for (const name of ['darwin-arm64', 'freebsd-x64', 'linux-arm', 'linux-x64-musl']) {
    test(`the C tests of the core compile for ${name}`, () => {
      execFileSync(process.execPath, [join(root, 'scripts/test-native.mjs'), '--compile', name], {
        stdio: 'pipe',
      });
    });
  }
});
