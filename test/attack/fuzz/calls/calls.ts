/** Every public function and method, with valid arguments that were changed in one to three places. */
import assert from 'node:assert/strict';
import { ResolverError } from 'berkeley';
import { outcome } from '../../nonsense-outcome.js';
import { type Row, rows } from '../../nonsense-rows.js';
import { Subjects } from '../../nonsense-subjects.js';
import { isRefusal } from '../poison.js';
import { type Target, target } from '../target.js';
import { apply, copied, type Edit, edits } from './edits.js';

/** Functions that only compute: they get text of any kind, and many more inputs. */
const pure: Readonly<Record<string, RegExp>> = {
  '.': /^(CMSG_|algControl|(family|type|protocol)Name|(format|parse)Address|hci|[hn]to|inet_|is|pack|parse|vsockServ)/,
  control: /^(?!readErrorQueue)/,
  netlink: /^(attribute|listNetlinkAttributes|pack|parse|tcpState)/,
  bpf: /^/,
  options: /^(define|withParameter|codec)/,
};

/** Calls that would change the machine, or close descriptors of this process. */
const harmful = /^(sethostname|close|forgetFds|Socket\.adopt|fromfd|PassedDescriptor\.toSocket)$/;

/** Classes of which several entries have the rows. */
const repeated = (entry: string, name: string) =>
  entry !== '.' && /^(MessageBatch|SocketDuplex|UnixDuplex)/.test(name);

/** What no change may touch, so that no call waits for long, and no other target is disturbed. */
function isKept(name: string, row: Row, value: unknown, place: string): boolean {
  if (row.avoid?.(value, place)) return true;
  const isSync = /Sync$/.test(name);
  if (isSync && /timeout$|^options$|^(readers|writers|exceptional)/.test(place)) return true;
  if (place === 'facts.level') return true; // a row of the package is found by its level and type
  return /^NetlinkConnection\.(request|dump)/.test(name) && place === 'type'; // as root, some change the machine
}

function isFine(error: unknown): boolean {
  if (isRefusal(error) || error instanceof ResolverError) return true;
  if (error instanceof AggregateError) return error.errors.every(isFine);
  // The caller's function, in place of one that the package calls, fails as it would anywhere.
  if (/^Class constructor Nonsense/.test((error as Error | undefined)?.message ?? '')) return true;
  return (error as { code?: unknown } | undefined)?.code === 'ERR_INVALID_STATE';
}

function assertFine(error: unknown): void {
  if (!isFine(error))
    throw new assert.AssertionError({ message: `it threw ${(error as Error)?.stack ?? String(error)}` });
}

function argumentsOf(name: string, row: Row, subjects: Subjects, changes: readonly Edit[]): unknown[] {
  const given = copied(row.args(subjects));
  apply(given, row.names, changes, (value, place) => isKept(name, row, value, place));
  return given;
}

function checkPure(name: string, row: Row, changes: readonly Edit[]): void {
  const subjects = new Subjects();
  try {
    row.call(subjects, argumentsOf(name, row, subjects, changes));
  } catch (error) {
    assertFine(error);
  } finally {
    subjects.close();
  }
}

async function checkCall(name: string, row: Row, changes: readonly Edit[]): Promise<void> {
  const subjects = new Subjects();
  const result = await outcome(row, subjects, argumentsOf(name, row, subjects, changes), name);
  if (result !== undefined) assertFine(result.error);
}

const each = Object.entries(rows).flatMap(([entry, table]) =>
  Object.entries(table)
    .filter(([name, row]) => row.names.length > 0 && !harmful.test(name) && !repeated(entry, name))
    .map(([name, row]) => ({ entry, name, row, isPure: pure[entry]?.test(name) === true })),
);

/** Functions that only compute. */
export const computations: readonly Target[] = each
  .filter(({ isPure }) => isPure)
  .map(({ entry, name, row }) =>
    target(`call of ${entry} ${name}`, edits(true), changes => checkPure(name, row, changes), 3),
  );

/** Functions and methods that make system calls. */
export const calls: readonly Target[] = each
  .filter(({ isPure }) => !isPure)
  .map(({ entry, name, row }) => ({
    name: `call of ${entry} ${name}`,
    weight: 1,
    input: edits(false),
    isAsync: true,
    check: changes => checkCall(name, row, changes as Edit[]),
  }));
