/**
 * Every option of `berkeley/options` is set and read back, on every kind of socket that it applies to. The
 * table has what the kernel refuses, and why. A row without a plan fails the test.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import type { Socket } from 'berkeley';
import { SocketError, UnsupportedError } from 'berkeley';
import { type OptionRow, type ReadableOption, type WritableOption, withParameter } from 'berkeley/options';
import { failureOf } from '../support/failure.js';
import { hasSocket, inGuest, isLinuxSince } from '../support/kernel.js';
import { type Kind, type KindName, kinds } from './kinds.js';
import { type GroupPlan, Matching, type Plan, type Refusal, unread } from './plan.js';
import { plans } from './plans/index.js';
import { groups, isHere } from './rows.js';

type AnyRow = OptionRow & ReadableOption<unknown> & WritableOption<unknown>;

const isRoot = process.getuid?.() === 0;

function isThere(name: KindName): boolean {
  const { family, type, protocol, until, isOwed = true }: Kind = kinds[name];
  if (until !== undefined && isLinuxSince(until)) return false;
  return (inGuest && isOwed) || hasSocket(family, type, protocol);
}

/**
 * Runs `action`, which has to be refused as the plan says. Returns whether it succeeded, which the plan
 * allows with `perhaps`.
 */
function expectRefusal(what: string, { code, why, perhaps }: Refusal, action: () => unknown): boolean {
  let error: unknown;
  try {
    action();
  } catch (thrown) {
    error = thrown;
  }
  if (error === undefined && perhaps) return true;
  assert.ok(error instanceof SocketError, `${what}: expected ${code} (${why}), got ${inspect(error)}`);
  const isExpected = [code].flat().includes(error.code);
  if (!isExpected && error instanceof UnsupportedError) throw error;
  assert.ok(isExpected, `${what}: expected ${code} (${why}), got ${error.message}`);
  return false;
}

function assertReads(what: string, plan: Plan, value: unknown, socket: Socket<never>): void {
  if (plan.reads === unread) return;
  if (plan.reads instanceof Matching)
    assert.ok(plan.reads.holds(value as never, socket), `${what}: ${inspect(value)}`);
  else assert.deepEqual(value, plan.reads, what);
}

/** Runs a plan. */
function tryOut(what: string, row: AnyRow, plan: Plan, name: KindName): void {
  const { socket, close } = kinds[name].open();
  const refusal = plan.refused?.[name] ?? plan.refusal;
  const isSet = 'set' in plan || plan.setsNothing === true;
  const when = refusal?.when ?? (isSet ? 'set' : 'get');
  const attempt = (call: 'set' | 'get', action: () => unknown): boolean => {
    if (refusal !== undefined && when === call) return expectRefusal(`${what}, ${call}`, refusal, action);
    action();
    return true;
  };
  try {
    plan.before?.(socket);
    const set = () =>
      plan.setsNothing ? socket.setOption(row as WritableOption<void>) : socket.setOption(row, plan.set);
    if (isSet && !attempt('set', set)) return;
    const get = () =>
      assertReads(
        what,
        plan,
        socket.getOption(plan.parameter ? withParameter(row, plan.parameter) : row),
        socket,
      );
    if (plan.reads !== unread) attempt('get', get);
  } finally {
    close();
  }
}

/** A kernel that is too old gets an error with the required release, unless the option was backported. */
function tryOutEarly(what: string, row: AnyRow, plan: Plan, name: KindName): void {
  try {
    tryOut(what, row, plan, name);
  } catch (error) {
    assert.ok(error instanceof UnsupportedError, `${what}: ${inspect(error)}`);
    assert.match(error.message, new RegExp(`\\b${row.name}\\b.*since Linux ${row.since}`));
  }
}

/** An option of another platform has its name in the error, before any system call. */
async function expectAbsent(row: AnyRow, name: KindName): Promise<void> {
  const { socket, close } = kinds[name].open();
  const values: Readonly<Record<string, unknown>> = { boolean: true };
  const value = values[row.write?.type ?? ''] ?? 1;
  try {
    if ('read' in row) assertAbsent(row, await failureOf(() => socket.getOption(row)));
    if ('write' in row) assertAbsent(row, await failureOf(() => socket.setOption(row, value)));
  } finally {
    close();
  }
}

function assertAbsent(row: AnyRow, error: unknown): void {
  assert.ok(error instanceof UnsupportedError, `${row.name}: ${inspect(error)}`);
  assert.equal(error.code, 'ENOTSUP');
  assert.match(error.message, new RegExp(`\\b${row.name}\\b`));
}

/** Why none of these kinds can be tested here. */
function skipOf(names: readonly KindName[]): string {
  const gone = names.map(name => (kinds[name] as Kind).until).find(until => until !== undefined);
  if (gone !== undefined && isLinuxSince(gone)) return `Linux has no such socket since ${gone}`;
  return 'this kernel has no such socket: npm run test:vm';
}

function testRow(group: string, name: string, row: AnyRow, { kinds: usual, rows }: GroupPlan): void {
  const plan = rows[name];
  const on = (plan?.on ?? usual).filter(isThere);
  const attempt = row.since === undefined || isLinuxSince(row.since) ? tryOut : tryOutEarly;
  const skip =
    (on.length === 0 && skipOf(plan?.on ?? usual)) ||
    (!isRoot &&
      (row.needs !== undefined || on.some(kind => /raw|icmp|packet|hci/.test(kind))) &&
      'needs root');
  test(`${group}.${name}`, { skip }, async () => {
    if (!isHere(row)) return expectAbsent(row, on[0]!);
    assert.ok(plan, 'the table has no plan for this row: add one to test/options/plans');
    for (const kind of on) attempt(`${row.name} on ${kind}`, row, plan, kind);
  });
}

describe('every option', () => {
  for (const [group, rows] of groups) {
    describe(group, () => {
      for (const [name, row] of rows) testRow(group, name, row as AnyRow, plans[group]!);
      test('no plan is left over', () => {
        const names = new Set(rows.map(([name]) => name));
        const left = Object.keys(plans[group]?.rows ?? {}).filter(name => !names.has(name));
        assert.deepEqual(left, []);
      });
    });
  }
});
