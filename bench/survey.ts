/** Questions whose contestants are measured one by one, in interleaved rounds, in their own units. */
import { against } from './against.js';
import { type Contestant, participants } from './contestant.js';
import type { Clock } from './deadline.js';
import type { Figures, Standing } from './outcome.js';
import type { Question } from './question.js';
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
  /** Measures one contestant once. */
  measure(contestant: Contestant, settings: Settings): Promise<Figures>;
}

interface Entry {
  readonly contestant: Contestant;
  readonly rounds: Figures[];
  failure?: string;
}

/** Makes a question of a survey. */
export function survey({ name, title, note, server, columns, contestants, measure }: Survey): Question {
  return {
    name,
    title,
    async answer(settings, clock) {
      const entries = participants(contestants, server, settings).map(
        (contestant): Entry => ({ contestant, rounds: [] }),
      );
      await runRounds(entries, settings, clock, measure);
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
  for (let round = 0; round < settings.rounds && (round === 0 || !clock.isOver); round++) {
    for (const entry of entries) {
      if (entry.failure !== undefined) continue;
      try {
        entry.rounds.push(await measure(entry.contestant, settings));
      } catch (error) {
        entry.failure = (error as Error).message;
      }
    }
  }
}

function standing({ contestant, rounds, failure }: Entry): Standing {
  return {
    name: contestant.name,
    ...(contestant.targets !== undefined && { targets: contestant.targets }),
    lost: 0,
    ...(failure !== undefined && { failure }),
    figures: medians(rounds),
    rounds,
  };
}
