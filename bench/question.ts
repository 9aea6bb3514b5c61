import type { Settings } from './settings.js';
import type { Table } from './table.js';

/** One thing to find out. */
export interface Question {
  /** What it is called on the command line. */
  readonly name: string;
  readonly title: string;
  answer(settings: Settings): Promise<Table>;
}
