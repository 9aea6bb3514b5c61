/** Makes the same calls with Python's `socket` in one process, and converts our outcomes to the same form. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ResolverError, SocketError } from 'berkeley';

/** A call in Python: the function of its `socket` module, and JSON arguments, with bytes as `{ hex }`. */
export type Call = readonly [name: string, ...args: unknown[]];

export type Outcome =
  | { readonly value: unknown }
  | {
      readonly failure:
        | 'oserror'
        | 'refused'
        | { readonly eai: number | undefined }
        | { readonly herror: number | undefined };
    };

// A lost query to a name server costs five seconds by default (resolv.conf(5)). Both sides read this
// variable.
process.env.RES_OPTIONS = 'timeout:1 attempts:5';

const peer = fileURLToPath(new URL('../../../test/parity/names-peer.py', import.meta.url));

/** Python's outcomes for the calls, in order. */
export function python(calls: readonly Call[]): Outcome[] {
  const input = JSON.stringify(calls.map(([name, ...args]) => [name, args]));
  return JSON.parse(execFileSync('python3', [peer], { input, maxBuffer: 2 ** 30, encoding: 'utf8' }));
}

/** The outcome of `call` here, in Python's terms. */
export function outcomeOf(call: () => unknown): Outcome {
  try {
    return { value: toJson(call()) };
  } catch (error) {
    return failureOf(error);
  }
}

/** The outcome of the promise of `call`, in Python's terms. */
export async function outcomeOfPromise(call: () => unknown): Promise<Outcome> {
  try {
    return { value: toJson(await call()) };
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): Outcome {
  if (error instanceof ResolverError) {
    const { errno } = error;
    return { failure: error.eai === undefined ? { herror: errno } : { eai: errno } };
  }
  if (error instanceof SocketError) return { failure: 'oserror' };
  if (error instanceof RangeError || error instanceof TypeError) {
    if ('code' in error) return { failure: 'refused' };
  }
  throw error;
}

function toJson(value: unknown): unknown {
  return value instanceof Uint8Array ? { hex: Buffer.from(value).toString('hex') } : value;
}
