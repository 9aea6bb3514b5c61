/** Plays random scripts. */
import fc from 'fast-check';
import { type Script, script } from './actions.js';
import type { Fault } from './kernel.js';
import { play } from './world.js';

/** Whether nobody reads the failure: a mutation test only asks whether there is one. */
const isQuick = process.env.BERKELEY_QUICK === '1';

/** A script in which something does not hold. */
export interface Failure {
  readonly seed: number;
  readonly script: Script;
  readonly error: string;
}

/** What a number of scripts has shown. */
export interface Result {
  readonly scripts: number;
  readonly steps: number;
  readonly failure: Failure | undefined;
}

/** Plays random scripts until one fails, and shrinks that one. */
export async function playAll(count: number, seed: number, fault?: Fault): Promise<Result> {
  let steps = 0;
  const property = fc.asyncProperty(script, async each => {
    steps += each.actions.length;
    await play(each, fault);
  });
  const { failed, counterexample, errorInstance, numRuns } = await fc.check(property, {
    numRuns: count,
    seed,
    endOnFailure: fault !== undefined || isQuick, // a planted fault needs no small script
  });
  if (!failed) return { scripts: numRuns, steps, failure: undefined };
  const error = errorInstance instanceof Error ? errorInstance.stack : errorInstance;
  return { scripts: numRuns, steps, failure: { seed, script: counterexample![0], error: String(error) } };
}

/** A failure in words: the steps, one per line. */
export function told({ seed, script, error }: Failure): string {
  const steps = script.actions.map(action => JSON.stringify(action));
  return [`BERKELEY_SEED=${seed}, sockets: ${script.kinds}`, ...steps, error].join('\n');
}
