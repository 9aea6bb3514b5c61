/** The results of questions. Tables, JSON files and charts are made from them. */
import type { Target } from './target.js';

/** Numbers by their name (see `table.ts` for what each means). `null` if it cannot be computed in this run. */
export type Figures = Readonly<Record<string, number | null>>;

/** The results for one contestant. */
export interface Standing {
  readonly name: string;
  readonly targets?: readonly Target[];
  /** Answers and datagrams that were lost, in all rounds. */
  readonly lost: number;
  /** The reason why it was not measured to the end. */
  readonly failure?: string;
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

/** An answered question, as JSON files contain it. */
export interface Answered {
  readonly name: string;
  readonly title: string;
  readonly outcome: Outcome;
}
