/** scripts/check-binaries.mjs: what binaries import and export, and that the script finds faults. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

interface Target {
  readonly name: string;
  readonly platform: string;
  readonly versions?: string;
}

interface Binary {
  readonly machine: string;
  readonly imports: readonly { readonly name: string }[];
  readonly exports: readonly string[];
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const load = (file: string) => import(pathToFileURL(join(root, 'scripts', file)).href);
const { readBinary, problemsIn } = (await load('check-binaries.mjs')) as {
  readBinary(bytes: Buffer): Binary;
  problemsIn(binary: Binary, target: Target): string[];
};
const { targets } = (await load('targets.mjs')) as { targets: readonly Target[] };
const { missing } = (await load('native-sources.mjs')) as { missing(platform: string): string | undefined };

const skip = !existsSync(join(root, 'build/compilers')) && 'no cross compiler here: npm run compilers';
const folder = mkdtempSync(join(tmpdir(), 'berkeley-binaries-'));
after(() => rmSync(folder, { recursive: true }));

/** The same bytes, with one text replaced by another of the same length. */
function replaced(bytes: Buffer, from: string, to: string): Buffer {
  assert.equal(from.length, to.length);
  const at = bytes.indexOf(`\0${from}\0`, 0, 'latin1');
  assert.ok(at >= 0, `${from} is in the binary`);
  const copy = Buffer.from(bytes);
  copy.write(to, at + 1, 'latin1');
  return copy;
}

function build(source: string, output: string, ...names: readonly string[]): void {
  execFileSync(process.execPath, [join(source, 'scripts/build-all.mjs'), '--out', output, ...names], {
    stdio: 'pipe',
  });
}

describe('the check of a binary', () => {
  // Built by the compiler of this machine, whose C library may be newer than that of a release.
  const arch = process.arch;
  const target = { ...targets.find(({ name }) => name === `linux-${arch}`)!, versions: 'GLIBC_2.99' };
  const bytes = readFileSync(join(root, `prebuilds/linux-${arch}.node`));
  const problems = (of: Buffer): string[] => problemsIn(readBinary(of), target);

  test('accepts the binary of this machine', () => {
    const { machine, imports, exports } = readBinary(bytes);
    assert.equal(machine, arch);
    assert.ok(imports.some(({ name }) => name === 'napi_create_function'));
    assert.ok(imports.some(({ name }) => name === 'recvmmsg'));
    assert.deepEqual([...exports].sort(), ['napi_register_module_v1', 'node_api_module_get_api_version_v1']);
    assert.deepEqual(problems(bytes), []);
  });

  test('finds a function of libuv, and one without a version', () => {
    assert.deepEqual(problems(replaced(bytes, 'napi_create_array', 'uv_xx_create_loop')), [
      'imports uv_xx_create_loop: not every runtime has libuv',
    ]);
    assert.deepEqual(problems(replaced(bytes, 'napi_create_array', 'pthread_cond_wait')), [
      'imports pthread_cond_wait without a version',
    ]);
  });

  test('finds a version that is too new', () => {
    const old = { ...target, versions: 'GLIBC_2.1' };
    const found = problemsIn(readBinary(bytes), old);
    assert.ok(
      found.some(problem => /^imports socket of GLIBC_2\.\d/.test(problem)),
      found.join('\n'),
    );
  });

  test('finds another library, another export, another machine', () => {
    assert.deepEqual(problems(replaced(bytes, 'libc.so.6', 'libz.so.1')), ['needs libz.so.1']);
    assert.deepEqual(problems(replaced(bytes, 'napi_register_module_v1', 'napi_register_modulexx1')), [
      'exports napi_register_modulexx1',
      'does not export napi_register_module_v1',
    ]);
    const other = Buffer.from(bytes);
    other.writeUInt16LE(21, 18);
    assert.deepEqual(problems(other), ['is for ppc64']);
  });
});

describe('the binaries of a release', { skip }, () => {
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
