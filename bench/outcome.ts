/** The results of questions. Tables, JSON files, charts and the report are made from them. */
import type { Target, Verdict } from './target.js';

/** Numbers by their name (see `table.ts` for what each means). `null` if it cannot be computed in this run. */
export type Figures = Readonly<Record<string, number | null>>;

/** The results for one contestant. */
export interface Standing {
  readonly name: string;
  readonly targets?: readonly Target[];
  /** Answers and datagrams that were lost, in all rounds. */
  readonly lost: number;
  /** The reason why it was not measured to the end. That is a mistake of the run. */
  readonly failure?: string;
  /** The reason why it was not measured although nothing is wrong: a package is not installed. */
  readonly absent?: string;
  /** The medians of the rounds. */
  readonly figures: Figures;
  readonly rounds: readonly Figures[];
}

/** The answer to a question. */
export interface Outcome {
  /** The unit of the ratios: what the numbers are relative to. */
  readonly note: string;
  /** The reference contestant, with its absolute numbers. */
  readonly reference: { readonly name: string } & Readonly<Record<string, number | string>>;
  /** The figures to print, in order. The first is the subject of the question. */
  readonly columns: readonly string[];
  readonly contestants: readonly Standing[];
}

/** A contestant with the targets that it met and missed. */
export interface Judged extends Omit<Standing, 'targets'> {
  readonly targets: readonly Verdict[];
}

/** An answered question. */
export interface Answered extends Omit<Outcome, 'contestants'> {
  readonly name: string;
  readonly title: string;
  readonly contestants: readonly Judged[];
}
