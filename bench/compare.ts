/**
 * Compares servers that do the same work.
 *
 * The speed of a machine that others use too drifts by a third within seconds, so a rate means nothing by itself.
 * Every measurement stands between two of the reference, and only the ratio to their mean counts; the rounds are
 * interleaved, so that a slow minute meets all contestants alike; the median of the rounds is the result.
 */
import { drive, type Result, type Task } from './client.js';
import { type Contestant, commandOf } from './contestant.js';
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
  readonly server: Server;
  readonly ratios: Result[];
}

export function compare(comparison: Comparison): Question {
  return {
    name: comparison.name,
    title: comparison.title,
    async answer(settings) {
      const all = [comparison.reference, ...comparison.contestants];
      const servers: Server[] = [];
      try {
        for (const contestant of all) servers.push(await start(comparison, contestant, settings));
        return await run(comparison, servers, settings);
      } finally {
        await Promise.all(servers.map(server => server.stop()));
      }
    },
  };
}

function start(comparison: Comparison, contestant: Contestant, settings: Settings): Promise<Server> {
  const command = commandOf(contestant, comparison.server, []);
  if (comparison.argument !== undefined) command.push(comparison.argument());
  return Server.start(settings.serverCpu, command);
}

async function run(comparison: Comparison, servers: Server[], settings: Settings): Promise<Table> {
  const [reference, ...others] = servers as [Server, ...Server[]];
  const entries = comparison.contestants.map(
    (contestant, i): Entry => ({ contestant, server: others[i]!, ratios: [] }),
  );
  const { task } = comparison;
  const { seconds } = settings;
  const absolute: Result[] = [];
  for (let round = 0; round < settings.rounds; round++) {
    let before = await drive(reference, task, seconds / 2, settings);
    for (const entry of rotated(entries, round)) {
      const result = await drive(entry.server, task, seconds, settings);
      const after = await drive(reference, task, seconds / 2, settings);
      entry.ratios.push({
        rate: result.rate / mean(before.rate, after.rate),
        cpu: result.cpu / mean(before.cpu, after.cpu),
      });
      absolute.push(after);
      before = after;
    }
  }
  return tabulate(comparison.reference, absolute, entries);
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
