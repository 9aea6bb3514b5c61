#!/usr/bin/env node
/** `npx berkeley`. */
import process from 'node:process';
import { type Command, CommanderError } from 'commander';
import { type Action, openContext } from './context.js';
import { DONE, MISUSED } from './exit-code.js';
import { Mistake, report } from './failure.js';
import { version } from './package.js';
import { createProgram } from './program.js';

const context = openContext();

async function run(command: Command, action: Action): Promise<void> {
  try {
    process.exitCode = await action(context);
  } catch (error) {
    if (error instanceof Mistake) command.error(`error: ${error.message}`);
    process.exitCode = report(command.name(), error, context.output);
  }
}

async function main(): Promise<void> {
  try {
    await createProgram(version(), run).parseAsync();
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  // Deno, for example, does not permit to read the package.
  if (!(error instanceof CommanderError)) return report(undefined, error, context.output);
  // The parser has printed its line already: a mistake, or the help and the version that were asked for.
  return error.exitCode === 0 ? DONE : MISUSED;
}

// The file of the commands imports this one: it must not wait here.
void main();
