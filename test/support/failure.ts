/** Asserts how a call fails: by a thrown error in the Sync face, by a rejection in the promise face. */
import assert from 'node:assert/strict';
import { SocketError, TimeoutError } from 'berkeley';

type ErrorClass = new (...args: never[]) => Error;

/** The error of `action`, which has to fail in its own way: a promise call never throws. */
export async function failureOf(action: () => unknown): Promise<unknown> {
  let result: unknown;
  try {
    result = action();
  } catch (error) {
    return error;
  }
  try {
    result = await result;
  } catch (error) {
    return error;
  }
  return assert.fail(`did not fail, but gave ${String(result)}`);
}

/** What `action` gives, or how it fails: for what may go either way. */
export async function failureOr(action: () => Promise<unknown>): Promise<unknown> {
  try {
    return await action();
  } catch (error) {
    return error;
  }
}

/** The `SocketError` of `action`: exactly of `errorClass`, with `code` and, where given, `syscall`. */
export async function failsWith(
  action: () => unknown,
  errorClass: ErrorClass,
  code: string,
  syscall?: string,
): Promise<SocketError> {
  const error = await failureOf(action);
  assert.ok(error instanceof SocketError, `a SocketError, not ${String(error)}`);
  assert.equal(error.code, code, error.message);
  assert.equal(error.constructor, errorClass, `${error.message} is a ${error.name}`);
  assert.equal(error.name, errorClass.name);
  assert.ok(error.errno < 0, 'errno is negative, as all of Node’s');
  if (syscall !== undefined) assert.equal(error.syscall, syscall);
  // A deadline of ours says how long it was; what the kernel reports says its code.
  const isOurs = error instanceof TimeoutError && error.timeout !== undefined;
  assert.ok(
    error.message.startsWith(isOurs ? `${error.syscall} ` : `${error.syscall} ${code}`),
    error.message,
  );
  if (isOurs) assert.match(error.message, / timed out after \d+ ms$/);
  return error;
}
