/** The design's table of targets. Each scenario is a row of it, and each line one of the row's targets. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answered, Judged } from './outcome.js';
import { root } from './paths.js';
import type { Verdict } from './target.js';

/** The figure of a contestant that the design limits. */
export interface Line {
  readonly question: string;
  /** Several contestants if the target is about any of them: the worst counts. */
  readonly contestants: readonly string[];
  readonly figure: string;
  /** The section of docs/performance-notes.md that says why this is missed. */
  readonly why?: string;
}

export interface Scenario {
  readonly title: string;
  readonly lines: readonly Line[];
}

function line(question: string, contestants: string | readonly string[], figure: string, why?: string): Line {
  const list = typeof contestants === 'string' ? [contestants] : contestants;
  return { question, contestants: list, figure, ...(why !== undefined && { why }) };
}

interface Manifest {
  readonly exports: Readonly<Record<string, object | string>>;
}

/** The entry points of the package. */
export const entries: readonly string[] = Object.entries(
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest).exports,
)
  .filter(([, target]) => typeof target === 'object')
  .map(([path]) => `berkeley${path.slice(1)}`);

export const scenarios: readonly Scenario[] = [
  {
    title: 'TCP ping-pong, 1 connection',
    lines: [
      line('tcp-pingpong', 'berkeley Sync', 'overhead', 'sync-calls'),
      line('tcp-pingpong', 'berkeley promises', 'overhead', 'promises-on-one-connection'),
      line('tcp-pingpong', 'berkeley promises', 'p50', 'promises-on-one-connection'),
    ],
  },
  {
    title: 'TCP, 64 connections',
    lines: [
      line('tcp-many', 'berkeley recvInto, sendAll', 'overhead', 'promises-on-many-connections'),
      line('tcp-many', 'berkeley chunks()', 'overhead', 'promises-on-many-connections'),
    ],
  },
  {
    title: 'TCP bulk receive',
    lines: [
      line('tcp-bulk', 'berkeley recvIntoSync', 'overhead', 'bulk-receive'),
      line('tcp-bulk', 'berkeley recvInto', 'overhead', 'bulk-receive'),
      line('tcp-bulk', 'berkeley chunks()', 'overhead', 'bulk-receive'),
      line('tcp-bulk', 'berkeley chunks({ lend: true })', 'overhead', 'bulk-receive'),
    ],
  },
  {
    title: 'UDP receive',
    lines: [
      line('udp-receive', 'berkeley recvfrom', 'overhead', 'udp-receive'),
      line('udp-receive', 'berkeley recvfromInto', 'overhead', 'udp-receive'),
      line('udp-batch-receive', 'berkeley recvmmsgSync', 'cpu', 'udp-batches'),
      line('udp-batch-receive', 'berkeley recvmmsg', 'cpu', 'udp-batches'),
    ],
  },
  {
    title: 'UDP send',
    lines: [
      line('udp-batch-send', 'berkeley sendtoSync', 'overhead', 'udp-send'),
      line('udp-batch-send', 'berkeley sendto', 'overhead', 'udp-send'),
      line('udp-batch-send', 'berkeley sendmmsgSync', 'cpu', 'udp-batches'),
      line('udp-batch-send', 'berkeley sendmmsg', 'cpu', 'udp-batches'),
      line('udp-gso-send', 'berkeley sendSegmentsSync', 'cpu', 'gso-send'),
      line('udp-gso-send', 'berkeley sendSegments', 'cpu', 'gso-send'),
    ],
  },
  {
    title: 'TCP accept and close',
    lines: [
      line('accept', 'berkeley acceptSync', 'overhead', 'accept'),
      line('accept', 'berkeley accept', 'overhead', 'accept'),
      line('accept', 'berkeley connections()', 'overhead', 'accept'),
    ],
  },
  {
    title: 'Unix datagram ping-pong',
    lines: [
      line('unix-datagram', 'berkeley Sync', 'cpu', 'unix-datagrams'),
      line('unix-datagram', 'berkeley promises', 'cpu', 'unix-datagrams'),
    ],
  },
  { title: 'HTTP over `toDuplex()`', lines: [line('http', 'berkeley toDuplex()', 'rate', 'http')] },
  {
    title: '`berkeley/net`',
    lines: [
      ...['tcp-pingpong', 'tcp-many', 'tcp-bulk', 'accept'].map(question =>
        line(question, 'berkeley/net', 'overhead', 'drop-ins'),
      ),
      line('http', 'berkeley/net', 'rate', 'http'),
    ],
  },
  {
    title: '`berkeley/dgram`',
    lines: ['udp-pingpong', 'udp-receive', 'udp-batch-send'].map(question =>
      line(question, 'berkeley/dgram', 'overhead', 'drop-ins'),
    ),
  },
  {
    title: 'Idle connection',
    lines: [
      line('idle-memory', ['berkeley recv', 'berkeley chunks()'], 'resident', 'idle-connections'),
      line('idle-memory', ['berkeley recv', 'berkeley chunks()'], 'heap', 'idle-connections'),
      line('event-cost', 'berkeley recv', 'most', 'idle-connections'),
    ],
  },
  {
    title: 'Import of any entry point',
    lines: [
      line('import', entries, 'milliseconds', 'import'),
      line('import', entries, 'megabytes', 'import'),
    ],
  },
  {
    title: 'Fairness under a flood of datagrams',
    lines: ['berkeley recvfromInto', 'berkeley datagrams()', 'berkeley recvmmsg', 'berkeley/dgram'].flatMap(
      name => [line('fairness', name, 'delay', 'fairness'), line('fairness', name, 'other', 'fairness')],
    ),
  },
];

/** What a run has measured of a line. */
export interface Finding {
  readonly contestant: string;
  readonly verdict: Verdict;
}

/** Finds what a run has measured of a line: the worst, if it is about several contestants. */
export function findingOf(line: Line, answers: readonly Answered[]): Finding | undefined {
  const all = answers.find(({ name }) => name === line.question)?.contestants ?? [];
  const found = all
    .filter(({ name }) => line.contestants.includes(name))
    .flatMap(each => findings(each, line.figure));
  const known = found.filter(({ verdict }) => verdict.value !== null);
  return known.sort((a, b) => b.verdict.value! - a.verdict.value!)[0] ?? found[0];
}

function findings({ name, targets }: Judged, figure: string): Finding[] {
  return targets.filter(each => each.figure === figure).map(verdict => ({ contestant: name, verdict }));
}

/** Smaller differences are noise. */
const NOISE = 0.05;

/** Whether two runs agree: the value of one of them is within the rounds of the other, or nearly the same. */
export function agree(a: Verdict, b: Verdict): boolean | null {
  if (a.value === null || b.value === null) return null;
  return isWithin(a.value, b) || isWithin(b.value, a) || Math.abs(a.value - b.value) <= NOISE;
}

function isWithin(value: number, { low, high }: Verdict): boolean {
  return low! <= value && value <= high!;
}
