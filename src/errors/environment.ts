/** Variables of the environment. */
import process from 'node:process';

/** Returns a variable of the environment; `undefined` if it is not set, or if reading it is not permitted (Deno). */
export function environmentVariable(name: string): string | undefined {
  try {
    return process.env[name];
  } catch {
    return undefined;
  }
}
