/** scripts/check-binaries.mjs: what binaries import and export, and that the script finds faults. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../../tables/root.js';
import { problemsIn, readBinary, replaced, targets } from './binary.js';

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
