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
import type { Clock } from './deadline.js';
import type { Figures, Outcome, Standing } from './outcome.js';
import { NO_TIME, type Question } from './question.js';
import { Server, Unsupported } from './server.js';
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
  /** How much longer than usual its contestants take to reach their speed; 1 if absent. */
  readonly cost?: number;
  /** Whose processor time counts; the server's if absent. */
  readonly counts?: Counted;
}

/**
 * The processor time of the server, or of both sides. In a stream at full speed, the kernel sends and receives packets in
 * the process that happens to run: C's server was charged for half to three quarters of the time of both in consecutive
 * runs, and their sum was the same.
 */
type Counted = 'cpu' | 'both';

/** A contestant during a run. */
interface Entry {
  readonly contestant: Contestant;
  /** Its ratios to the reference, one per round. */
  readonly rounds: Figures[];
  lost: number;
  failure?: string;
  absent?: string;
}

/** What runs in a heat. */
interface Heat {
  readonly comparison: Comparison;
  readonly settings: Settings;
  readonly clock: Clock;
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
    weight: (comparison.cost ?? 1) * (comparison.contestants.filter(isUsual).length + 1),
    contestants: comparison.contestants,
    async answer(settings, clock) {
      const list = participants(comparison.contestants, comparison.server, settings);
      const entries = list.map((participant): Entry => ({ ...participant, rounds: [], lost: 0 }));
      const absolute: Result[] = [];
      let launching = 0;
      for (let heat = 0; heat < settings.heats; heat++) {
        if (heat > 0 && clock.left() < launching) break;
        // The last heat needs time for rounds too.
        const part = clock.part(clock.left() / (settings.heats - heat));
        launching = await runHeat(comparison, entries, absolute, settings, part);
      }
      const outcome = summarize(comparison, absolute, entries);
      return settings.base === undefined ? outcome : against(outcome, settings.base);
    },
  };
}

/** Whether a contestant takes part without `runtimes` on the command line. */
function isUsual({ runtime }: Contestant): boolean {
  return runtime === undefined;
}

/**
 * Starts all servers, and measures rounds until there are enough or the time has run out: at least one round.
 *
 * @returns the seconds that starting the servers took
 */
async function runHeat(
  comparison: Comparison,
  entries: readonly Entry[],
  absolute: Result[],
  settings: Settings,
  clock: Clock,
): Promise<number> {
  const servers = new Map<Entry, Server>();
  const before = clock.left();
  const own = (clock.left() * LAUNCHING) / (entries.length + 1);
  const reference = await launch(comparison, comparison.reference, settings, own);
  try {
    const present = entries.filter(({ absent }) => absent === undefined);
    for (const [i, entry] of present.entries()) {
      const share = (clock.left() * LAUNCHING) / (present.length - i);
      await attempt(entry, clock, async () => {
        servers.set(entry, await launch(comparison, entry.contestant, settings, share));
      });
    }
    const launching = before - clock.left();
    const heat = { comparison, settings, clock, reference, servers, absolute };
    const rounds = Math.ceil(settings.rounds / settings.heats);
    await runRounds(heat, rounds);
    return launching;
  } finally {
    await Promise.all([reference, ...servers.values()].map(server => server.stop()));
  }
}

/** The share of the time that starting and warming up may take. The rest is for rounds. */
const LAUNCHING = 0.6;

async function runRounds(heat: Heat, count: number): Promise<void> {
  const { clock, servers } = heat;
  let last = 0;
  for (let round = 0; round < count && (round === 0 || clock.left() > last / 2); round++) {
    const before = clock.left();
    await runRound(paced(heat), rotated([...servers.keys()], round));
    last = before - clock.left();
  }
}

/** Seconds that starting a client takes. */
const START = 0.03;
/** The shortest measurement in seconds. */
const SHORTEST = 0.01;

/** Measures shorter if the time is too short for a whole round. */
function paced(heat: Heat): Heat {
  const { settings, clock, servers } = heat;
  const { seconds } = settings;
  const free = clock.left() / Math.max(servers.size, 1) - 2 * START;
  // A measurement and one of the reference, each with a warm-up of a quarter.
  const pace = Math.min(1, Math.max(free, 0) / (seconds * 1.5 * 1.25));
  return {
    ...heat,
    settings: { ...settings, seconds: Math.max(seconds * pace, Math.min(SHORTEST, seconds)) },
  };
}

/** Starts one server, and warms it up, for at most `share` seconds. */
async function launch(
  { server: name, task, argument, cost = 1 }: Comparison,
  contestant: Contestant,
  settings: Settings,
  share: number,
): Promise<Server> {
  const warm = { ...settings, warmUp: settings.warmUp * cost };
  const command = commandOf(contestant, name, []);
  if (argument !== undefined) command.push(argument());
  const server = await Server.start(settings.serverCpu, command);
  try {
    if (isJavaScript(contestant)) await warmUp(server, contestant.task ?? task, warm, share);
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
    await attempt(entry, heat.clock, async () => {
      const result = await driveEntry(heat, entry);
      const after = await driveReference(heat);
      entry.lost += result.lost;
      entry.rounds.push(relative(result, before, after, heat.comparison.counts));
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

function relative(result: Result, before: Result, after: Result, counts: Counted = 'cpu'): Figures {
  const { rate, lost, p50, p99 } = result;
  return {
    rate: rate / mean(before.rate, after.rate),
    cpu: result[counts] / mean(before[counts], after[counts]),
    lost,
    ...(p50 !== undefined && p99 !== undefined && { p50: p50 / 1000, p99: p99 / 1000 }),
  };
}

/** A contestant that fails is reported in the table, and does not end the question. */
async function attempt(entry: Entry, clock: Clock, body: () => Promise<void>): Promise<void> {
  if (entry.failure !== undefined || entry.absent !== undefined) return;
  if (clock.isOut) {
    if (entry.rounds.length === 0) entry.absent = NO_TIME;
    return;
  }
  try {
    await body();
  } catch (error) {
    if (error instanceof Unsupported) entry.absent = error.message;
    else entry.failure = (error as Error).message;
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
  const middle = medians(absolute.map(({ ...figures }) => figures)) as Record<string, number>;
  const { reference, counts = 'cpu' } = comparison;
  const { name } = reference;
  const rate = middle.rate!;
  const cpu = middle[counts]!;
  const whose = counts === 'both' ? 'CPU of server and client' : 'server CPU';
  return {
    note: `1 is ${name}: ${Math.round(rate)}/s, ${Math.round(cpu)} ns of ${whose} per message, in this run`,
    reference: { name, rate, cpu, lost: middle.lost! },
    columns: ['overhead', 'cpu', 'low', 'high', 'rate', ...(comparison.columns ?? [])],
    contestants: entries.map(entry => standing(entry, nodes)),
  };
}

function standing(
  { contestant, rounds: measured, lost, failure, absent }: Entry,
  node: number | null,
): Standing {
  const rounds = measured.map(
    (round): Figures => ({ ...round, overhead: overhead(round.cpu ?? null, node) }),
  );
  const middle = medians(rounds);
  const costs = rounds.map(round => round.cpu!);
  return {
    name: contestant.name,
    ...(contestant.targets !== undefined && { targets: contestant.targets }),
    lost,
    ...(failure !== undefined && { failure }),
    ...(absent !== undefined && { absent }),
    figures: {
      ...middle,
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
