/** Writes results for other programs. */
import type { Machine } from './machine.js';
import type { Answered, Standing } from './outcome.js';
import { verdicts } from './target.js';

/** The text of a JSON file: machine, versions, and each question with its contestants and their rounds. */
export function toJson({ machine, versions }: Machine, answers: readonly Answered[]): string {
  const questions = answers.map(({ name, title, outcome }) => ({
    name,
    title,
    note: outcome.note,
    reference: outcome.reference,
    contestants: outcome.contestants.map(each => contestant(each, outcome.contestants)),
  }));
  return `${JSON.stringify({ machine, versions, questions }, null, 2)}\n`;
}

function contestant(standing: Standing, all: readonly Standing[]): object {
  const { name, targets, lost, failure, figures, rounds } = standing;
  return {
    name,
    ...figures,
    lost,
    ...(failure !== undefined && { failure }),
    ...(targets !== undefined && { targets: verdicts(standing, all) }),
    rounds,
  };
}
