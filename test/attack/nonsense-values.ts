/** Values that no call means, and what a call may make of them. */
import { ResolverError, SocketError } from 'berkeley';

function detached(): ArrayBuffer {
  const buffer = new ArrayBuffer(8);
  structuredClone(buffer, { transfer: [buffer] });
  return buffer;
}

function detachedView(): Uint8Array {
  const view = new Uint8Array(8);
  structuredClone(view.buffer, { transfer: [view.buffer] });
  return view;
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** Nonsense, made anew for each call. */
export const nonsense: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  'a symbol': () => Symbol('nonsense'),
  'a bigint': () => 1n,
  'a negative bigint': () => -1n,
  NaN: () => Number.NaN,
  'a fraction': () => 1.5,
  'a negative number': () => -1,
  'more than 32 bits': () => 2 ** 32,
  'more than a double counts': () => 2 ** 60,
  Infinity: () => Number.POSITIVE_INFINITY,
  'an empty string': () => '',
  text: () => 'nonsense.invalid',
  'text with a NUL': () => 'a\0b',
  'half a character': () => '\ud800',
  'a long text': () => 'x'.repeat(70_000),
  'an array': () => [],
  'an array of holes': () => new Array(2),
  'an array of symbols': () => [Symbol('nonsense')],
  'an object': () => ({}),
  'an object without a prototype': () => Object.create(null),
  'a function': () => () => {},
  'a class': () => class Nonsense {},
  'a date': () => new Date(0),
  'an invalid date': () => new Date(Number.NaN),
  'a map': () => new Map(),
  'a regular expression': () => /x/,
  'a boxed number': () => Object(1),
  'a boxed string': () => Object('x'),
  'a promise': () => Promise.resolve(1),
  'a revoked proxy': revoked,
  'a proxy of a function': () => new Proxy(() => {}, {}),
  'a detached buffer': detached,
  'a detached view': detachedView,
  'an empty view': () => new Uint8Array(0),
  'a view': () => new Float64Array(3),
};

/** How the argument stands in a message: `"options.size"`, `'fds[0]'`. */
function names(message: string, argument: string): boolean {
  const quoted = argument.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`["']${quoted}(["'.[])`).test(message);
}

/** Options can be a number, which is then called what it stands for, and an address among them is called that. */
const others: Readonly<Record<string, readonly string[]>> = {
  options: ['flags', 'timeout', 'size', 'limit', 'address'],
  timeout: ['options'],
  message: ['address'],
  data: ['message.data'],
  value: ['address'],
  item: ['control'],
  // Rows of control messages that call their value something else than their name.
  IPV6_NEXTHOP: ['address'],
  SCM_RIGHTS: ['fds'],
};

function namesOf(argument: string): readonly string[] {
  return [argument, ...(others[argument] ?? [])];
}

/** Returns what is wrong with an error that a mistake in an argument has led to. */
export function faultOf(error: unknown, argument: string, what: string): string[] {
  if (!(error instanceof Error)) return [`${what}: threw ${typeof error}`];
  if (error instanceof SocketError || error instanceof ResolverError) return [];
  if (error instanceof AggregateError) return error.errors.flatMap(each => faultOf(each, argument, what));
  const { code, message } = error as Error & { code?: unknown };
  if (code === 'ERR_INVALID_STATE') return [];
  const isMistake = error instanceof TypeError || error instanceof RangeError;
  if (!isMistake || typeof code !== 'string' || !code.startsWith('ERR_')) {
    const frames = error.stack?.split('\n').filter(line => line.includes('/dist/')) ?? [];
    return [`${what}: ${error}, ${frames[0]?.trim()}`];
  }
  const isNamed = namesOf(argument).some(name => names(message, name)) || message.startsWith('Option ');
  return isNamed ? [] : [`${what} does not name it: ${message}`];
}
