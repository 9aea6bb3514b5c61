/** What every command is given, and how it joins the program. */
import type { Command } from 'commander';
import { interruption } from './interrupt.js';
import { Output } from './output.js';

/** The surroundings of a command. */
export interface Context {
  readonly output: Output;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** The work of a command. Its result is the exit code. */
export type Action = (context: Context) => Promise<number>;

/** Runs the work of a command and keeps its exit code. */
export type Run = (command: Command, action: Action) => Promise<void>;

/** Adds a command to the program. */
export type AddCommand = (program: Command, run: Run) => void;

export function openContext(): Context {
  return { output: new Output(), signal: interruption() };
}
