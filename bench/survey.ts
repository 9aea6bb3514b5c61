/** Questions whose contestants are measured one by one, in interleaved rounds, in their own units. */
import { against } from './against.js';
import { type Contestant, participants } from './contestant.js';
import type { Clock } from './deadline.js';
import type { Figures, Standing } from './outcome.js';
import { NO_TIME, type Question } from './question.js';
import { Unsupported } from './server.js';
import type { Settings } from './settings.js';
import { medians } from './statistics.js';

export interface Survey {
  readonly name: string;
  readonly title: string;
  /** The unit, and what is counted. */
  readonly note: string;
  /** The name of the programs that are measured. */
  readonly server: string;
  readonly columns: readonly string[];
  readonly contestants: readonly Contestant[];
  /** The share of time that a contestant needs, relative to one of a comparison; 1 by default. */
  readonly cost?: number;
  /** The number of rounds, if not that of the settings: figures that are counted need no second round. */
  readonly rounds?: number;
  /** Measures one contestant once. */
  measure(contestant: Contestant, settings: Settings): Promise<Figures>;
}

interface Entry {
  readonly contestant: Contestant;
  readonly rounds: Figures[];
  failure?: string;
  absent?: string;
}

/** Makes a question of a survey. */
export function survey(description: Survey): Question {
  const { name, title, note, server, columns, contestants, cost = 1, rounds, measure } = description;
  return {
    name,
    title,
    weight: contestants.length * cost,
    contestants,
    ...(rounds !== undefined && { rounds }),
    async answer(settings, clock) {
      const entries = participants(contestants, server, settings).map(
        (participant): Entry => ({ ...participant, rounds: [] }),
      );
      await runRounds(entries, { ...settings, rounds: rounds ?? settings.rounds }, clock, measure);
      const reference = { name: contestants[0]!.name };
      const outcome = { note, reference, columns, contestants: entries.map(standing) };
      return settings.base === undefined ? outcome : against(outcome, settings.base);
    },
  };
}

/**
 * Measures every contestant once per round, until there are enough rounds or the time has run out: at least
 * one round.
 */
async function runRounds(
  entries: readonly Entry[],
  settings: Settings,
  clock: Clock,
  measure: Survey['measure'],
): Promise<void> {
  let last = 0;
  for (let round = 0; round < settings.rounds && (round === 0 || clock.left() > last / 2); round++) {
    const before = clock.left();
    for (const entry of entries) await attempt(entry, clock, () => measure(entry.contestant, settings));
    last = before - clock.left();
  }
}

async function attempt(entry: Entry, clock: Clock, measure: () => Promise<Figures>): Promise<void> {
  if (entry.failure !== undefined || entry.absent !== undefined) return;
  if (clock.isOut) {
    if (entry.rounds.length === 0) entry.absent = NO_TIME;
    return;
  }
  try {
    entry.rounds.push(await measure());
  } catch (error) {
    if (error instanceof Unsupported) entry.absent = error.message;
    else entry.failure = (error as Error).message;
  }
}

function standing({ contestant, rounds, failure, absent }: Entry): Standing {
  return {
    name: contestant.name,
    ...(contestant.targets !== undefined && { targets: contestant.targets }),
    lost: 0,
    ...(failure !== undefined && { failure }),
    ...(absent !== undefined && { absent }),
    figures: medians(rounds),
    rounds,
  };
}
