/** Asserts how a call fails: the Sync form throws, the promise form rejects. */
import assert from 'node:assert/strict';
import { SocketError, TimeoutError } from 'berkeley';

type ErrorClass = new (...args: never[]) => Error;

/** Returns the error of `action`, which must fail in its own way: a promise call never throws. */
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
  return assert.fail(`did not fail, but returned ${String(result)}`);
}

/** Returns the result or the error of `action`, for calls that can succeed or fail. */
export async function failureOr(action: () => Promise<unknown>): Promise<unknown> {
  try {
    return await action();
  } catch (error) {
    return error;
  }
}

/** Returns the `SocketError` of `action`: exactly of `errorClass`, with `code` and, if given, `syscall`. */
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
  // The message of a deadline contains its timeout; the message of a kernel error contains its code.
  const isOurs = error instanceof TimeoutError && error.timeout !== undefined;
  assert.ok(
    error.message.startsWith(isOurs ? `${error.syscall} ` : `${error.syscall} ${code}`),
    error.message,
  );
  if (isOurs) assert.match(error.message, / timed out after \d+ ms$/);
  return error;
}
