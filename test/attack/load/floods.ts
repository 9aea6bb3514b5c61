/** A timer of 1 ms beside a flood: how late it is while we receive or send without pause, and how late with Node.js. */
import type { Trial } from '../part.js';
import { Process } from './process.js';

interface Contestant {
  readonly name: string;
  /** What floods it; nothing if it floods by itself. */
  readonly by?: 'udp' | 'tcp';
  /** The contestant of Node.js that it is compared with; none for those themselves. */
  readonly beside?: string;
}

const contestants: readonly Contestant[] = [
  ...[
    'recvfrom',
    'recvfromInto',
    'datagrams()',
    'recvmmsg',
    'recvmmsg of 1024',
    'recvSegments',
    'berkeley/dgram',
  ].map(name => ({ name, by: 'udp', beside: 'node:dgram' }) as const),
  { name: 'node:dgram', by: 'udp' },
  { name: 'sendto', beside: 'node:dgram send' },
  { name: 'sendmmsg', beside: 'node:dgram send' },
  { name: 'node:dgram send' },
  { name: 'recv', by: 'tcp', beside: 'node:net' },
  { name: 'chunks()', by: 'tcp', beside: 'node:net' },
  { name: 'berkeley/net', by: 'tcp', beside: 'node:net' },
  { name: 'node:net', by: 'tcp' },
];

interface Late {
  readonly ticks: number;
  /** The 99th percentile of how late the timer was, in milliseconds. */
  readonly late: number;
  /**
   * The 99th percentile of the thread's processor time between two ticks, without that of the timer's interval, in
   * milliseconds.
   */
  readonly delay: number;
  readonly served: number;
}

/**
 * What delays a timer on a busy machine is mostly other processes. So the processor time is compared by which the thread is
 * late: at most this multiple of that with Node.js,
 */
const RATIO = 2;
/** and at least this many milliseconds: a collection of garbage is as long. */
const NOISE = 1;

async function measure({ name, by }: Contestant, milliseconds: number): Promise<Late> {
  using program = new Process('flood-program', [name, `${milliseconds}`]);
  const { port } = await program.hear<{ port: number }>();
  using _ = by === undefined ? null : new Process('flooder-program', [by, `${port}`]);
  return await program.hear<Late>();
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Measures all contestants in turn, so that what else the machine does falls on each of them. */
async function measureAll(rounds: number, milliseconds: number): Promise<Map<string, Late[]>> {
  const found = new Map<string, Late[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const contestant of contestants)
      found.get(contestant.name)!.push(await measure(contestant, milliseconds));
  return found;
}

function report(trial: Trial, found: ReadonlyMap<string, Late[]>): void {
  const of = (name: string, figure: keyof Late): number => median(found.get(name)!.map(late => late[figure]));
  for (const { name, beside } of contestants) {
    trial.compare(name, 'timer late', of(name, 'late'), 'ms, 99th percentile');
    trial.compare(name, 'timer late by processor time', of(name, 'delay'), 'ms, 99th percentile');
    trial.compare(name, 'served', of(name, 'served'), 'per second');
    if (beside === undefined) continue;
    const [ours, theirs] = [of(name, 'delay'), of(beside, 'delay')];
    trial.compare(name, 'late, as a multiple of that of Node.js', ours / theirs);
    trial.expect(
      ours <= Math.max(RATIO * theirs, NOISE),
      `${name}: a timer is late by ${ours.toFixed(2)} ms of processor time, and by ${theirs.toFixed(2)} with ${beside}`,
    );
  }
}

/** In the gate: the timer fires and the flood is served, for whatever else the machine does. */
async function check(trial: Trial): Promise<void> {
  for (const contestant of contestants.filter(({ name }) => ['recvmmsg', 'sendmmsg'].includes(name))) {
    const late = await measure(contestant, 200);
    trial.figure(`${contestant.name}, ticks`, late.ticks);
    trial.expect(late.served > 0, `${contestant.name} starved beside a timer`);
  }
}

export async function floods(trial: Trial): Promise<void> {
  if (trial.size === 'short') return check(trial);
  report(trial, await measureAll(trial.amount(1, 3, 9), 1500));
}
