/**
 * The checks of arguments refuse every kind of invalid value with an error that names the argument, and throw
 * no other error.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { built } from '../tables/constants.js';

const argument = await import(built('src/errors/argument.ts'));
const options = await import(built('src/errors/options.ts'));
const { received, shown } = await import(built('src/errors/received.ts'));

const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();
const { proxy: revokedFunction, revoke: revokeFunction } = Proxy.revocable(() => {}, {});
revokeFunction();

const detached = new Uint8Array(8);
structuredClone(detached.buffer, { transfer: [detached.buffer] });

const fail = (): never => {
  throw new Error('the engine or the caller threw');
};

/** Values that throw when they are inspected, or that only resemble valid ones. */
const nonsense: Readonly<Record<string, unknown>> = {
  undefined,
  null: null,
  'a symbol': Symbol('flags'),
  'a bigint': 1n,
  'not a number': Number.NaN,
  infinity: Number.POSITIVE_INFINITY,
  'minus infinity': Number.NEGATIVE_INFINITY,
  'a fraction': 1.5,
  'a string': '1',
  'a string with NUL': 'a\0b',
  'a boxed number': Object(1),
  'an array': [1],
  'a function': fail,
  'a class': class Nameless {},
  'a date': new Date(Number.NaN),
  'a detached array': detached,
  'an object without a prototype': Object.create(null),
  'an object whose constructor has no name': { constructor: undefined },
  'an object whose constructor throws': Object.defineProperty({}, 'constructor', { get: fail }),
  'an object that cannot be a primitive': { [Symbol.toPrimitive]: fail, toString: fail, valueOf: fail },
  'an object whose tag throws': Object.defineProperty(Object.create(null), Symbol.toStringTag, { get: fail }),
  'an object that inspects itself badly': { [Symbol.for('nodejs.util.inspect.custom')]: fail },
  'a revoked proxy': revoked,
  'a revoked proxy of a function': revokedFunction,
  'a proxy that throws': new Proxy({}, { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail }),
};

type Check = (value: unknown) => unknown;

/** Each check, and the values that it accepts. */
const checks: Readonly<Record<string, readonly [check: Check, accepted: readonly string[]]>> = {
  checkInteger: [value => argument.checkInteger(value, 'it', 0, 10), []],
  checkBoolean: [value => argument.checkBoolean(value, 'it'), []],
  checkSignal: [value => argument.checkSignal(value, 'it'), ['undefined']],
  checkText: [value => argument.checkText(value, 'it'), ['a string']],
  checkTimeout: [value => argument.checkTimeout(value, 'it'), ['null', 'infinity', 'a fraction']],
  checkFlags: [value => options.checkFlags(value, 'it'), []],
};

const isRefusal = (error: unknown): boolean => {
  const { code, message } = error as Error & { code?: string };
  assert.match(
    String(code),
    /^ERR_(INVALID_ARG_TYPE|INVALID_ARG_VALUE|OUT_OF_RANGE)$|^ENOTSUP$/,
    String(error),
  );
  assert.match(message, /["']it(\.\w+)?["']/);
  return true;
};

for (const [name, [check, accepted]] of Object.entries(checks)) {
  describe(name, () => {
    for (const [what, value] of Object.entries(nonsense)) {
      test(what, () => {
        if (accepted.includes(what)) check(value);
        else assert.throws(() => check(value), isRefusal);
      });
    }
  });
}

const KEYS = ['flags', 'timeout'];

describe('options and objects', () => {
  for (const [what, value] of Object.entries(nonsense)) {
    // Reading a property of an exotic object can throw the caller's error. The check is only that the value
    // is an object.
    const isObject = typeof value === 'object' && value !== null && what !== 'a revoked proxy';
    test(what, () => {
      if (isObject) assert.equal(argument.checkObjectOrArray(value, 'it'), value);
      else assert.throws(() => argument.checkObjectOrArray(value, 'it'), isRefusal);
      if (isObject && what !== 'an array') assert.equal(argument.checkObject(value, 'it'), value);
      else assert.throws(() => argument.checkObject(value, 'it'), isRefusal);
      if (isObject && !['an array', 'a detached array'].includes(what)) return;
      assert.throws(() => options.checkOptionsObject(value, KEYS, 'it'), isRefusal);
    });
  }

  test('with known keys are accepted, and properties of Object.prototype are ignored', () => {
    const good = { timeout: 1 };
    assert.equal(options.checkOptionsObject(good, KEYS, 'options'), good);
    assert.ok(options.checkOptionsObject({}, KEYS, 'options'));
    assert.ok(options.checkOptionsObject(Object.create(null), KEYS, 'options'));
    Object.assign(Object.prototype, { polluted: 1 });
    try {
      assert.ok(options.checkOptionsObject({ flags: 1 }, KEYS, 'options'));
    } finally {
      Reflect.deleteProperty(Object.prototype, 'polluted');
    }
  });

  const refuse = (value: unknown, message: RegExp, signature?: string): void =>
    assert.throws(() => options.checkOptionsObject(value, KEYS, 'options', signature), {
      name: 'TypeError',
      message,
    });

  test('with an unknown key are refused, and the error has the key and the known ones', () => {
    refuse({ timeuot: 1 }, /'options\.timeuot' is not an option of this call: it has flags, timeout\./);
    refuse({ flags: 0, singal: undefined }, /'options\.singal'/);
  });

  test('that are an address in the place of options get an error that says so', () => {
    const signature = '(data, address, options)';
    for (const address of [{ host: 'a', port: 1 }, { path: '/x' }, { family: 'unix', abstract: 'x' }])
      refuse(address, /looks like an address; options must come last: \(data, address, options\)/, signature);
    refuse({ host: 'a' }, /options must come last\./);
  });

  test('that are a signal, bytes or a list have the wrong type', () => {
    refuse(new AbortController().signal, /'options' must be an object with the signal: { signal }/);
    refuse(Object.create({ singal: 1 }), /'options\.singal'/);
    for (const value of [Buffer.alloc(2), new ArrayBuffer(2), []])
      assert.throws(() => options.checkOptionsObject(value, KEYS, 'options'), {
        code: 'ERR_INVALID_ARG_TYPE',
      });
  });
});

test('too many arguments are refused', () => {
  options.checkArgumentCount(2, 2, 'recv(size, options)');
  assert.throws(() => options.checkArgumentCount(3, 2, 'recv(size, options)'), {
    name: 'TypeError',
    message: /'arguments' must be at most 2: recv\(size, options\)\. Received 3/,
  });
});

test('an option of another family is named', () => {
  const error = argument.invalidOption('SO_PEERCRED', 'AF_UNIX sockets', 'AF_INET');
  assert.equal(error.message, 'Option SO_PEERCRED is only valid on AF_UNIX sockets; this socket is AF_INET.');
  assert.equal(error.code, 'ERR_INVALID_ARG_VALUE');
  assert.match(error.stack, /^TypeError \[ERR_INVALID_ARG_VALUE\]: Option/);
});

test('any value can be shown in a few characters', () => {
  for (const [what, value] of Object.entries(nonsense)) {
    assert.match(received(value), /^Received ./, what);
    assert.ok(received(value).length < 120 && shown(value).length < 200, what);
  }
  assert.equal(received(revoked), 'Received an object that cannot be inspected');
  assert.equal(received(Symbol('x')), 'Received type symbol (Symbol(x))');
  assert.equal(received(1n), 'Received type bigint (1n)');
  assert.equal(received(Object.create(null)), 'Received [Object: null prototype] {}');
  assert.equal(
    received(() => {}),
    'Received a function',
  );
});
