/** Changes to valid arguments: a value anywhere in them becomes another, disappears, or is added. */
import { isProxy } from 'node:util/types';
import fc, { type Arbitrary } from 'fast-check';
import { nonsense } from '../../nonsense-values.js';

/** A value: any, or one of the values that have no literal, by its name. */
export type Value = { readonly any: unknown } | { readonly named: string };

/** One change. `place` selects one of the places that there are. */
export interface Edit {
  readonly place: number;
  readonly change: 'replace' | 'remove' | 'add';
  readonly key: string;
  readonly value: Value;
}

const numbers = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
  fc.constantFrom(
    -1,
    0,
    -0,
    1,
    0.5,
    255,
    256,
    65535,
    65536,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 32,
    2 ** 53,
    NaN,
    Infinity,
  ),
);

/** Text that no resolver is asked about: it is numeric, or no name. */
const harmlessText = fc.constantFrom(
  '',
  '127.0.0.1',
  '::1',
  '0',
  'a\0b',
  '\ud800',
  '%lo',
  'x'.repeat(300),
  '-',
  '☃'.repeat(90),
);

const keys = fc.constantFrom(
  'flags',
  'timeout',
  'signal',
  'size',
  'length',
  'family',
  'data',
  'x',
  '__proto__',
  'then',
  '0',
);

/** Any value whose text is of the given kind. */
function values(text: Arbitrary<string>): Arbitrary<Value> {
  const any = fc.anything({
    key: fc.oneof(keys, fc.string({ maxLength: 3 })),
    values: [numbers, text, fc.boolean(), fc.constantFrom(null, undefined)],
    maxDepth: 2,
    maxKeys: 4,
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
    withTypedArray: true,
  });
  const names = Object.keys(nonsense).filter(name => name !== 'text');
  return fc.oneof(
    { weight: 3, arbitrary: any.map(any => ({ any })) },
    { weight: 1, arbitrary: fc.constantFrom(...names).map(named => ({ named })) },
  );
}

/** One to three changes. */
export function edits(isPure: boolean): Arbitrary<Edit[]> {
  const text = isPure ? fc.string({ unit: 'binary' }) : harmlessText;
  const edit = fc.record(
    {
      place: fc.nat(60),
      change: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add' as const),
      key: keys,
      value: values(text),
    },
    { noNullPrototype: true },
  );
  return fc.array(edit as Arbitrary<Edit>, { minLength: 1, maxLength: 3 });
}

function made(value: Value): unknown {
  return 'named' in value ? nonsense[value.named]!() : value.any;
}

/** A member of an argument, which can be changed. */
export interface Place {
  readonly holder: Record<string, unknown> | unknown[];
  readonly key: string;
  /** The names from the argument on: `options.timeout`. */
  readonly name: string;
}

const DEEPEST = 4;

function isOpen(value: unknown): value is Place['holder'] {
  if (isProxy(value)) return false;
  if (Array.isArray(value)) return true;
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Copies plain objects and arrays, because some are the package's own: a change would disturb every later call. */
export function copied<T>(value: T, depth = 0): T {
  if (!isOpen(value) || depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map(each => copied(each, depth + 1)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copied(each, depth + 1)])) as T;
}

/** The places in arguments, each argument and each member of those that are plain objects and arrays. */
export function* placesIn(holder: Place['holder'], names: readonly string[], depth = 0): Iterable<Place> {
  for (const key of Object.keys(holder)) {
    const name = names[Number(key)] ?? (names.length === 1 && depth > 0 ? `${names[0]}.${key}` : key);
    yield { holder, key, name };
    const member = (holder as Record<string, unknown>)[key];
    if (depth < DEEPEST && isOpen(member) && !Object.isFrozen(member))
      for (const place of placesIn(member, [name], depth + 1)) yield place;
  }
}

/**
 * Makes the changes.
 *
 * @param avoid whether a value must not be in a place
 */
export function apply(
  given: unknown[],
  names: readonly string[],
  changes: readonly Edit[],
  avoid: (value: unknown, name: string) => boolean,
): void {
  for (const { place, change, key, value } of changes) {
    const places = [...placesIn(given, names)];
    if (places.length === 0) return;
    const { holder, key: member, name } = places[place % places.length]!;
    const replacement = change === 'remove' ? undefined : made(value);
    if (avoid(replacement, name)) continue;
    const into = change === 'add' ? (holder as Record<string, unknown>)[member] : holder;
    if (change === 'remove' && holder !== given) delete (holder as Record<string, unknown>)[member];
    else if (isOpen(into) && !Object.isFrozen(into) && !(Array.isArray(into) && key === 'length'))
      Object.defineProperty(into, change === 'add' ? key : member, {
        value: replacement,
        configurable: true,
        enumerable: true,
        writable: true,
      });
  }
}
