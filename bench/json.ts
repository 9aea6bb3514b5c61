/** Results as JSON files: what a run writes, and the report reads. */
import { readFileSync } from 'node:fs';
import type { Machine } from './machine.js';
import type { Answered, Figures, Judged } from './outcome.js';

/** The results of a run. */
export interface Results extends Machine {
  readonly questions: readonly Answered[];
}

/** The text of a JSON file: machine, versions, and each question with its contestants and their rounds. */
export function toJson({ machine, versions, questions }: Results): string {
  const flat = questions.map(({ name, title, note, columns, reference, contestants }) => ({
    name,
    title,
    note,
    columns,
    reference,
    contestants: contestants.map(flatten),
  }));
  return `${JSON.stringify({ machine, versions, questions: flat }, null, 2)}\n`;
}

function flatten({ name, figures, lost, failure, absent, targets, rounds }: Judged): object {
  return {
    name,
    ...figures,
    lost,
    ...(failure !== undefined && { failure }),
    ...(absent !== undefined && { absent }),
    ...(targets.length > 0 && { targets }),
    rounds,
  };
}

/** Reads a file that {@link toJson} has made. */
export function readResults(file: string): Results {
  const { machine, versions, questions } = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(questions) || machine === undefined)
    throw new Error(`${file} does not have the results of a run (npm run bench -- --json ${file})`);
  return {
    machine,
    versions,
    questions: questions.map(({ contestants, ...rest }) => ({
      ...rest,
      contestants: contestants.map(unflatten),
    })),
  };
}

type Flat = Omit<Judged, 'figures' | 'targets'> & { readonly targets?: Judged['targets'] } & Figures;

function unflatten({ name, lost, failure, absent, targets = [], rounds, ...figures }: Flat): Judged {
  return {
    name,
    lost,
    ...(failure !== undefined && { failure }),
    ...(absent !== undefined && { absent }),
    targets,
    rounds,
    figures,
  };
}
