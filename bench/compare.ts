/**
 * Compares servers that do the same work.
 *
 * The speed of a machine that others use too drifts by a third within seconds, so a rate means nothing by itself.
 * Every measurement stands between two of the reference, and only the ratio to their mean counts; the rounds are
 * interleaved, so that a slow minute meets all contestants alike; the servers are started anew every few of them; the
 * median of all is the result.
 */
import { drive, type Result, type Task, warmUp } from './client.js';
import { type Contestant, commandOf, isJavaScript } from './contestant.js';
import type { Question } from './question.js';
import { Server } from './server.js';
import type { Settings } from './settings.js';
import { mean, median } from './statistics.js';
import { ratio, type Table } from './table.js';

export interface Comparison {
  readonly name: string;
  readonly title: string;
  readonly server: string;
  readonly task: Task;
  /** More arguments for the servers. */
  readonly argument?: () => string;
  /** What all others are measured against. */
  readonly reference: Contestant;
  readonly contestants: readonly Contestant[];
}

/** A contestant, and its ratios to the reference, one a round. */
interface Entry {
  readonly contestant: Contestant;
  readonly ratios: Result[];
}

type Pair = readonly [Entry, Server];

/** How often the servers are started: what a JIT compiler makes of the same program differs by a tenth. */
const HEATS = 2;

export function compare(comparison: Comparison): Question {
  return {
    name: comparison.name,
    title: comparison.title,
    async answer(settings) {
      const entries = comparison.contestants.map((contestant): Entry => ({ contestant, ratios: [] }));
      const absolute: Result[] = [];
      const rounds = Math.ceil(settings.rounds / HEATS);
      for (let heat = 0; heat < HEATS; heat++) {
        await withServers(comparison, settings, async (reference, servers) => {
          for (let round = 0; round < rounds; round++) {
            const pairs = entries.map((entry, i): Pair => [entry, servers[i]!]);
            absolute.push(...(await runRound(comparison, reference, rotated(pairs, round), settings)));
          }
        });
      }
      return tabulate(comparison.reference, absolute, entries);
    },
  };
}

async function withServers(
  comparison: Comparison,
  settings: Settings,
  body: (reference: Server, servers: readonly Server[]) => Promise<void>,
): Promise<void> {
  const all: Server[] = [];
  try {
    for (const contestant of [comparison.reference, ...comparison.contestants]) {
      const command = commandOf(contestant, comparison.server, []);
      if (comparison.argument !== undefined) command.push(comparison.argument());
      const server = await Server.start(settings.serverCpu, command);
      all.push(server);
      if (isJavaScript(contestant)) await warmUp(server, comparison.task, settings);
    }
    const [reference, ...servers] = all;
    await body(reference!, servers);
  } finally {
    await Promise.all(all.map(server => server.stop()));
  }
}

/** Measures each contestant once, between two of the reference; what those found. */
async function runRound(
  { task }: Comparison,
  reference: Server,
  pairs: readonly Pair[],
  settings: Settings,
): Promise<Result[]> {
  const { seconds } = settings;
  const references = [await drive(reference, task, seconds / 2, settings)];
  for (const [entry, server] of pairs) {
    const before = references.at(-1)!;
    const result = await drive(server, task, seconds, settings);
    const after = await drive(reference, task, seconds / 2, settings);
    entry.ratios.push({
      rate: result.rate / mean(before.rate, after.rate),
      cpu: result.cpu / mean(before.cpu, after.cpu),
    });
    references.push(after);
  }
  return references;
}

/** Another one comes first in each round: whoever comes first after a pause may have it warmer or colder. */
function rotated<T>(list: readonly T[], by: number): T[] {
  const first = by % list.length;
  return [...list.slice(first), ...list.slice(0, first)];
}

function tabulate(reference: Contestant, absolute: readonly Result[], entries: readonly Entry[]): Table {
  const node = entries.find(entry => entry.contestant.language === 'node');
  const { rate, cpu } = medians(absolute);
  const head = ['', 'rate', 'from', 'to', 'CPU', ...(node ? ['rate/node', 'CPU/node'] : []), 'target'];
  return {
    note: `1 is ${reference.name}: ${Math.round(rate)}/s, ${Math.round(cpu)} ns of server CPU each, in this run`,
    rows: [head, ...entries.map(entry => row(entry, node))],
  };
}

function row({ contestant, ratios }: Entry, node: Entry | undefined): string[] {
  const rates = ratios.map(each => each.rate);
  const own = medians(ratios);
  const nodes = node && medians(node.ratios);
  return [
    contestant.name,
    ratio(own.rate),
    ratio(Math.min(...rates)),
    ratio(Math.max(...rates)),
    ratio(own.cpu),
    ...(nodes ? [ratio(own.rate / nodes.rate), ratio(own.cpu / nodes.cpu)] : []),
    contestant.target ?? '',
  ];
}

function medians(results: readonly Result[]): Result {
  return { rate: median(results.map(each => each.rate)), cpu: median(results.map(each => each.cpu)) };
}
