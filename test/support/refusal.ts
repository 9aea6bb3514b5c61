/** Asserts that invalid arguments are refused: with the right class and code, the argument's name, and no effect. */
import assert from 'node:assert/strict';
import { failureOf } from './failure.js';

/** The kind of error for an invalid argument, as in Node.js. */
export type Kind = 'type' | 'value' | 'range' | 'absent';

const kinds = {
  type: { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' },
  value: { name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' },
  range: { name: 'RangeError', code: 'ERR_OUT_OF_RANGE' },
  absent: { name: 'UnsupportedError', code: 'ENOTSUP' },
} as const;

/** A call that must be refused. */
export type Refusal = readonly [what: string, call: () => unknown, kind: Kind, argument: string];

/** Returns any value as a type that the compiler accepts. */
export function wrong(value: unknown): never {
  return value as never;
}

/** How long a call can take to refuse its arguments, in milliseconds. One that is not refused might wait indefinitely. */
const LIMIT = 10_000;

async function withinLimit<T>(result: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it was not refused, and waits')), LIMIT);
  });
  return Promise.race([result, late]).finally(() => clearTimeout(timer));
}

/** Asserts that the call is refused. A result is closed, so that it does not look like a leak. */
export async function assertRefused([what, call, kind, argument]: Refusal): Promise<void> {
  const error = await withinLimit(failureOf(call)).catch(failure => {
    throw new assert.AssertionError({ message: `${what}: ${failure.message}` });
  });
  assert.ok(error instanceof Error, what);
  const { name, code, message } = error as Error & { code?: string };
  assert.deepEqual({ name, code }, kinds[kind], `${what}: ${error.stack}`);
  const quoted = new RegExp(`["']${argument.replaceAll(/[.[\]]/g, '\\$&')}["']`);
  assert.match(message, quoted, `${what} names the argument`);
}
