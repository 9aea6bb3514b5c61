/** BERKELEY_DEBUG=1: the stack of an asynchronous error contains the caller. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { built } from '../tables/constants.js';

/** Creates an error in a callback of the runtime, and prints its stack. */
const program = `
  const { rememberCaller, withCaller } = await import(${JSON.stringify(built('src/errors/caller.ts'))});
  const { socketErrorOf } = await import(${JSON.stringify(built('src/errors/errors.ts'))});
  const { socketpair } = await import(${JSON.stringify(import.meta.resolve('berkeley'))});
  const [socket, peer] = socketpair();
  async function receivesLater() {
    await socket.recv(1, { timeout: 5 });
  }
  const late = await receivesLater().catch(error => error);
  function callsLater(make) {
    const caller = rememberCaller();
    return new Promise(resolve => setTimeout(() => resolve(withCaller(make(), caller)), 1));
  }
  const reason = new Error('mine');
  const before = reason.stack;
  const error = await callsLater(() => socketErrorOf('ECONNRESET', { syscall: 'recv' }));
  const aborted = await callsLater(() => reason);
  const atOnce = socketErrorOf('EPIPE', { syscall: 'send' });
  const frames = atOnce.stack.split('\\n').length;
  withCaller(atOnce, rememberCaller());
  console.log(JSON.stringify({
    isRecorded: rememberCaller() !== undefined,
    stack: error.stack,
    late: late.stack,
    isUntouched: aborted === reason && reason.stack === before,
    added: atOnce.stack.split('\\n').length - frames,
  }));`;

function run(value: string | undefined) {
  const env = { ...process.env, BERKELEY_DEBUG: value };
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    env,
  });
  return JSON.parse(printed) as {
    isRecorded: boolean;
    stack: string;
    late: string;
    isUntouched: boolean;
    added: number;
  };
}

test('the frames of the call follow those of the error', () => {
  const { isRecorded, stack, late, isUntouched, added } = run('1');
  assert.match(late, /^TimeoutError: recv timed out after 5 ms\n {4}at receivesLater /);
  assert.ok(isRecorded);
  assert.match(stack, /^ConnectionResetError: recv ECONNRESET\n/);
  assert.match(stack, /\n {4}at callsLater \(.*\n {4}at .*eval/);
  assert.doesNotMatch(stack, /\/dist\//);
  assert.ok(isUntouched, 'the reason of an abort is the program’s own');
  assert.ok(added <= 1, 'frames that are there already are not repeated');
});

for (const off of [undefined, '', '0']) {
  test(`debug stacks are off with BERKELEY_DEBUG=${off}`, () => {
    const { isRecorded, stack, added } = run(off);
    assert.equal(isRecorded, false);
    assert.doesNotMatch(stack, /at callsLater \(/);
    assert.equal(added, 0);
  });
}
