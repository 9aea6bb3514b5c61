/**
 * Compares servers that do the same work.
 *
 * The speed of a shared machine drifts by a third within seconds, so a rate alone means nothing. Every
 * measurement is placed between two of the reference, and only the ratio to their mean counts. Rounds are
 * interleaved, so that a slow minute affects all contestants alike. Servers are restarted every few rounds.
 * The median is the result.
 */
import { against } from './against.js';
import { drive, type Result, type Task, warmUp } from './client.js';
import { type Contestant, commandOf, isJavaScript, isNodeItself, participants } from './contestant.js';
import { type Clock, startClock } from './deadline.js';
import type { Figures, Outcome, Standing } from './outcome.js';
import type { Question } from './question.js';
import { Server } from './server.js';
import type { Settings } from './settings.js';
import { mean, medians } from './statistics.js';

export interface Comparison {
  readonly name: string;
  readonly title: string;
  readonly server: string;
  readonly task: Task;
  /** More arguments for the servers. */
  readonly argument?: () => string;
  /** The contestant against which all others are measured. */
  readonly reference: Contestant;
  readonly contestants: readonly Contestant[];
  /** Figures to print besides the usual ones. */
  readonly columns?: readonly string[];
}

/** A contestant during a run. */
interface Entry {
  readonly contestant: Contestant;
  /** Its ratios to the reference, one per round. */
  readonly rounds: Figures[];
  lost: number;
  failure?: string;
}

/** What runs in a heat. */
interface Heat {
  readonly comparison: Comparison;
  readonly settings: Settings;
  readonly reference: Server;
  readonly servers: ReadonlyMap<Entry, Server>;
  /** The reference's results, in absolute numbers. */
  readonly absolute: Result[];
}

/** Makes a question of a comparison. */
export function compare(comparison: Comparison): Question {
  return {
    name: comparison.name,
    title: comparison.title,
    async answer(settings, clock) {
      const contestants = participants(comparison.contestants, comparison.server, settings);
      const entries = contestants.map((contestant): Entry => ({ contestant, rounds: [], lost: 0 }));
      const absolute: Result[] = [];
      for (let heat = 0; heat < settings.heats; heat++) {
        if (heat > 0 && clock.isOver) break;
        await runHeat(comparison, entries, absolute, settings, shareOf(clock, settings, heat));
      }
      const outcome = summarize(comparison, absolute, entries);
      return settings.base === undefined ? outcome : against(outcome, settings.base);
    },
  };
}

/** A heat's share of the remaining time, so that the last heat has rounds too. */
function shareOf(clock: Clock, { heats }: Settings, heat: number): Clock {
  return startClock(clock.left() / (heats - heat));
}

/**
 * Starts all servers, and measures rounds until there are enough or the time has run out: at least one round.
 */
async function runHeat(
  comparison: Comparison,
  entries: readonly Entry[],
  absolute: Result[],
  settings: Settings,
  clock: Clock,
): Promise<void> {
  const servers = new Map<Entry, Server>();
  const reference = await launch(comparison, comparison.reference, settings);
  try {
    for (const entry of entries) {
      await attempt(entry, async () => {
        servers.set(entry, await launch(comparison, entry.contestant, settings));
      });
    }
    const heat = { comparison, settings, reference, servers, absolute };
    const rounds = Math.ceil(settings.rounds / settings.heats);
    for (let round = 0; round < rounds && (round === 0 || !clock.isOver); round++)
      await runRound(heat, rotated([...servers.keys()], round));
  } finally {
    await Promise.all([reference, ...servers.values()].map(server => server.stop()));
  }
}

/** Starts one server, and warms it up. */
async function launch(
  { server: name, task, argument }: Comparison,
  contestant: Contestant,
  settings: Settings,
): Promise<Server> {
  const command = commandOf(contestant, name, []);
  if (argument !== undefined) command.push(argument());
  const server = await Server.start(settings.serverCpu, command);
  try {
    if (isJavaScript(contestant)) await warmUp(server, contestant.task ?? task, settings);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Measures each contestant once, between two measurements of the reference. */
async function runRound(heat: Heat, entries: readonly Entry[]): Promise<void> {
  let before = await driveReference(heat);
  for (const entry of entries) {
    if (entry.failure !== undefined) continue;
    await attempt(entry, async () => {
      const result = await driveEntry(heat, entry);
      const after = await driveReference(heat);
      entry.lost += result.lost;
      entry.rounds.push(relative(result, before, after));
      before = after;
    });
  }
}

async function driveReference({ comparison, settings, reference, absolute }: Heat): Promise<Result> {
  const result = await drive(reference, comparison.task, settings.seconds / 2, settings);
  absolute.push(result);
  return result;
}

function driveEntry({ comparison, settings, servers }: Heat, entry: Entry): Promise<Result> {
  return drive(servers.get(entry)!, entry.contestant.task ?? comparison.task, settings.seconds, settings);
}

function relative({ rate, cpu, lost, p50, p99 }: Result, before: Result, after: Result): Figures {
  return {
    rate: rate / mean(before.rate, after.rate),
    cpu: cpu / mean(before.cpu, after.cpu),
    lost,
    ...(p50 !== undefined && p99 !== undefined && { p50: p50 / 1000, p99: p99 / 1000 }),
  };
}

/** A contestant that fails is reported in the table, and does not end the question. */
async function attempt(entry: Entry, body: () => Promise<void>): Promise<void> {
  try {
    if (entry.failure === undefined) await body();
  } catch (error) {
    entry.failure = (error as Error).message;
  }
}

/** A different contestant comes first in each round, because a pause before it might change its result. */
function rotated<T>(list: readonly T[], by: number): T[] {
  const first = by % Math.max(list.length, 1);
  return [...list.slice(first), ...list.slice(0, first)];
}

function summarize(comparison: Comparison, absolute: readonly Result[], entries: readonly Entry[]): Outcome {
  const node = entries.find(({ contestant }) => isNodeItself(contestant));
  const nodes = node === undefined ? null : (medians(node.rounds).cpu ?? null);
  const { rate, cpu, lost } = medians(absolute.map(({ ...figures }) => figures)) as Record<string, number>;
  const { name } = comparison.reference;
  return {
    note: `1 is ${name}: ${Math.round(rate!)}/s, ${Math.round(cpu!)} ns of server CPU per message, in this run`,
    reference: { name, rate: rate!, cpu: cpu!, lost: lost! },
    columns: ['overhead', 'cpu', 'low', 'high', 'rate', ...(comparison.columns ?? [])],
    contestants: entries.map(entry => standing(entry, nodes)),
  };
}

function standing({ contestant, rounds, lost, failure }: Entry, node: number | null): Standing {
  const middle = medians(rounds);
  const costs = rounds.map(round => round.cpu!);
  return {
    name: contestant.name,
    ...(contestant.targets !== undefined && { targets: contestant.targets }),
    lost,
    ...(failure !== undefined && { failure }),
    figures: {
      ...middle,
      overhead: overhead(middle.cpu ?? null, node),
      low: costs.length === 0 ? null : Math.min(...costs),
      high: costs.length === 0 ? null : Math.max(...costs),
    },
    rounds,
  };
}

/** Processor time above C's, as a fraction of Node's above the same C. */
function overhead(cpu: number | null, node: number | null): number | null {
  return cpu === null || node === null || node <= 1 ? null : (cpu - 1) / (node - 1);
}
