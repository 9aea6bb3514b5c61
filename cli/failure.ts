/** How a failed command ends: with one line that says what to do. */
import { FAILED } from './exit-code.js';
import type { Output } from './output.js';

/** A mistake in the command line that the parser cannot see. */
export class Mistake extends Error {}

/** Prints the failure of a command, or of what comes before every command. Returns the exit code. */
export function report(command: string | undefined, error: unknown, output: Output): number {
  output.note(`${command === undefined ? 'berkeley' : `berkeley ${command}`}: ${messageOf(error)}`);
  return FAILED;
}

/** The message of an error. A SocketError's has the remedy that `berkeley doctor` prints. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
