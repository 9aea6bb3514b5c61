/**
 * A constant that the platform lacks is never a default value, alone or combined with `|`, and its error
 * names it.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { built } from './constants.js';

/** Runs JavaScript in a process with the platform replaced. */
function on(platform: string, script: string): unknown {
  const program = `
    Object.defineProperty(process, 'platform', { value: '${platform}' });
    const { constant, isAbsent, absentName } = await import('${built('src/constants/constant.ts')}');
    const { assertPresent } = await import('${built('src/constants/absent.ts')}');
    const error = value => { try { assertPresent(value, 'flags'); } catch (e) { return [e.constructor.name, e.message]; } };
    const socket = await import('${built('src/constants/socket.ts')}');
    const inet = await import('${built('src/families/inet/constants.ts')}');
    const can = await import('${built('src/families/can/constants.ts')}');
    console.log(JSON.stringify(await (async () => { ${script} })()));
  `;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }),
  );
}

test('another platform has its own column', () => {
  assert.deepEqual(on('win32', 'return [socket.SO_REUSEADDR, socket.SOL_SOCKET]'), [4, 0xffff]);
  assert.deepEqual(on('darwin', 'return [socket.SO_REUSEADDR, socket.MSG_DONTWAIT]'), [4, 0x80]);
  assert.deepEqual(on('freebsd', 'return [socket.SO_REUSEADDR, socket.SOCK_CLOEXEC]'), [4, 0x10000000]);
  assert.deepEqual(on('linux', 'return [socket.SO_REUSEADDR, socket.MSG_DONTWAIT]'), [2, 0x40]);
});

test('an absent constant is a unique negative number', () => {
  const [first, second] = on('win32', 'return [can.AF_CAN, can.CAN_RAW]') as [number, number];
  assert.ok(first < -0xffff && second < -0xffff && first !== second);
  assert.equal(on('win32', 'return absentName(can.CAN_RAW)'), 'CAN_RAW');
});

test('the error names the constant, the argument and the platform', () => {
  assert.deepEqual(on('win32', 'return error(socket.MSG_MORE)'), [
    'UnsupportedError',
    'The "flags" argument is MSG_MORE, which win32 does not have',
  ]);
});

test('an absent constant is detected when combined with |', () => {
  const script =
    'return [socket.MSG_PEEK, socket.MSG_OOB, 0x7fffff].map(flag => isAbsent(socket.MSG_MORE | flag))';
  assert.deepEqual(on('win32', script), [true, true, true]);
  const [, message] = on(
    'win32',
    'return error(socket.MSG_MORE | socket.MSG_OOB | socket.MSG_PEEK)',
  ) as string[];
  assert.match(message!, /which win32 does not have/);
});

test('real numbers are accepted, however large or negative', () => {
  const script = 'return [inet.INADDR_BROADCAST, can.CAN_EFF_FLAG, -1, 0, -105].map(isAbsent)';
  assert.deepEqual(on('linux', script), [false, false, false, false, false]);
  assert.deepEqual(on('win32', 'return [socket.SO_EXCLUSIVEADDRUSE, isAbsent(socket.SO_EXCLUSIVEADDRUSE)]'), [
    -5,
    false,
  ]);
});

test('a platform without a column has no constants', () => {
  assert.equal(on('openbsd', 'return isAbsent(socket.SOCK_STREAM)'), true);
});
