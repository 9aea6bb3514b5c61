/**
 * Invalid values for every argument of every public function. The result has to be a TypeError or a
 * RangeError that names the argument, an error of the kernel, or success if the value is legal. No call may
 * crash, wait indefinitely or leave a descriptor open. An export or a method without a row fails the test.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import * as berkeley from 'berkeley';
import * as activation from 'berkeley/activation';
import * as bpf from 'berkeley/bpf';
import * as constants from 'berkeley/constants';
import * as control from 'berkeley/control';
import * as netlink from 'berkeley/netlink';
import * as options from 'berkeley/options';
import * as select from 'berkeley/select';
import * as socketserver from 'berkeley/socketserver';
import { root } from '../../tables/root.js';
import { groups } from '../options/rows.js';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { notOnWindows } from '../support/kernel.js';
import { until } from '../support/until.js';
import { outcome } from './nonsense-outcome.js';
import { ignored, type Row, rows } from './nonsense-rows.js';
import { Subjects } from './nonsense-subjects.js';
import { faultOf, nonsense } from './nonsense-values.js';

await warmUp();

const entries: Readonly<Record<string, object>> = {
  '.': berkeley,
  activation,
  bpf,
  constants,
  control,
  netlink,
  options,
  select,
  socketserver,
};

type Functions = Readonly<Record<string, unknown>>;

/** Classes that only the package instantiates, errors, and the Windows-only function (test/windows). */
function isMadeByUs(name: string): boolean {
  return (
    name === 'fromshare' ||
    /Error$/.test(name) ||
    /^(SocketFile|BinaryFile|TextFile|SocketDuplex|UnixDuplex|BorrowedSocket|PassedDescriptor|BaseServer)$/.test(
      name,
    )
  );
}

/** The rows of control messages, which are also functions. */
function isControlRow(value: unknown): boolean {
  return typeof value === 'function' && 'matches' in value;
}

describe('the table', () => {
  // berkeley/dgram, berkeley/net and berkeley/tls throw what the modules of Node.js throw; their own tests compare.
  test('has every other entry point of the package', () => {
    const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const others = ['./package.json', './dgram', './net', './tls'];
    const names = Object.keys(exports).filter(name => !others.includes(name));
    assert.deepEqual(names.map(name => name.replace('./', '')).sort(), Object.keys(entries).sort());
  });

  for (const [entry, exported] of Object.entries(entries)) {
    test(`has every function of ${entry}`, () => {
      const table = rows[entry] ?? {};
      const groups = Object.entries(exported).flatMap(([name, value]) =>
        typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null
          ? Object.entries(value as Functions).map(([key, member]) => [`${name}.${key}`, member] as const)
          : [[name, value] as const],
      );
      const missing = groups.filter(
        ([name, value]) =>
          typeof value === 'function' && !isControlRow(value) && !isMadeByUs(name) && !(name in table),
      );
      assert.deepEqual(
        missing.map(([name]) => name),
        [],
      );
    });

    for (const [name, value] of Object.entries(exported)) {
      const isClass = typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
      if (!isClass || /Error$/.test(name)) continue;
      test(`has every method of ${name}`, () => {
        const table = rows[entry] ?? {};
        const missing = methodsOf(value).filter(
          method => !ignored[name]?.has(method) && !(`${name}.${method}` in table),
        );
        assert.deepEqual(missing, []);
      });
    }
  }
});

function methodsOf(value: { prototype: object }): string[] {
  const methods = new Set<string>();
  for (
    let prototype = value.prototype;
    prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    if (/^(Duplex|Readable|Stream|EventEmitter)$/.test(prototype.constructor.name)) break;
    for (const [name, { value: method, set }] of Object.entries(
      Object.getOwnPropertyDescriptors(prototype),
    )) {
      if (set !== undefined) methods.add(`set ${name}`);
      else if (typeof method === 'function' && name !== 'constructor') methods.add(name);
    }
  }
  const statics = Object.getOwnPropertyNames(value).filter(
    name => typeof (value as unknown as Functions)[name] === 'function',
  );
  return [...methods, ...statics];
}

/** The places for invalid values: each argument, and each property of those that are objects. */
function* places(row: Row): Iterable<{ at: number; key: string | undefined; argument: string }> {
  const subjects = new Subjects();
  const sample = row.args(subjects);
  subjects.close();
  for (const [at, name] of row.names.entries()) {
    yield { at, key: undefined, argument: name };
    const value: unknown = sample[at];
    const isPlain =
      typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
    if (isPlain) for (const key of Object.keys(value)) yield { at, key, argument: name };
    if (Array.isArray(value)) for (const key of value.keys()) yield { at, key: String(key), argument: name };
  }
}

function replaced(value: unknown, key: string | undefined, by: unknown): unknown {
  if (key === undefined) return by;
  if (!Array.isArray(value)) return { ...(value as object), [key]: by };
  return value.map((each, i) => (String(i) === key ? by : each));
}

/** Calls for netlink, BPF, AF_ALG, descriptors in messages, and sockets that Node.js owns. */
const ofLinux =
  /netlink|generic(Message|Family)|afalg|^(borrow|disassemble|formatProgram)|^BorrowedSocket|withFds/i;

for (const [entry, table] of Object.entries(rows)) {
  describe(`invalid arguments to ${entry}`, () => {
    for (const [name, row] of Object.entries(table)) {
      if (entry !== '.' && /^(MessageBatch|SocketDuplex|UnixDuplex)/.test(name)) continue;
      test(name, { skip: ofLinux.test(name) && notOnWindows('what this call is for') }, async () => {
        const before = countDescriptors();
        const faults: string[] = [];
        for (const { at, key, argument } of places(row)) {
          for (const [label, make] of Object.entries(nonsense)) {
            const value = make();
            const where = key === undefined ? argument : `${argument}.${key}`;
            if (row.avoid?.(value, where)) continue;
            const subjects = new Subjects();
            const given = row.args(subjects);
            given[at] = replaced(given[at], key, value);
            const what = `${name}: ${label} as ${where}`;
            const result = await outcome(row, subjects, given, what);
            if (result !== undefined) faults.push(...faultOf(result.error, argument, what));
          }
        }
        await until(() => countDescriptors() <= before);
        assert.deepEqual(faults, []);
        assert.equal(countDescriptors(), before, 'what was opened is closed');
      });
    }
  });
}

describe('invalid arguments to rows', () => {
  for (const [name, row] of Object.entries(control)) {
    if (!isControlRow(row)) continue;
    test(`control.${name}`, () => {
      const faults: string[] = [];
      for (const [label, make] of Object.entries(nonsense)) {
        const what = `${name}: ${label}`;
        const attempts: [string, () => unknown][] = [
          [(row as unknown as { name: string }).name, () => (row as (value: unknown) => unknown)(make())],
          ['item', () => (row as never as { matches(v: unknown): unknown }).matches(make())],
          ['item', () => (row as never as { decode(v: unknown): unknown }).decode(make())],
          ['control', () => (row as never as { find(v: unknown): unknown }).find(make())],
          ['control', () => (row as never as { all(v: unknown): unknown }).all(make())],
        ];
        for (const [argument, call] of attempts) {
          try {
            call();
          } catch (error) {
            faults.push(...faultOf(error, argument, what));
          }
        }
      }
      assert.deepEqual(faults, []);
    });
  }

  for (const [group, members] of groups) {
    for (const [name, row] of members) {
      if (!('write' in row)) continue;
      test(`${group}.${name}`, () => {
        const faults: string[] = [];
        for (const [label, make] of Object.entries(nonsense)) {
          try {
            (row.write as options.OptionCodec<unknown, unknown>).encode(make(), 'value');
          } catch (error) {
            faults.push(...faultOf(error, 'value', `${group}.${name}: ${label}`));
          }
        }
        assert.deepEqual(faults, []);
      });
    }
  }
});
