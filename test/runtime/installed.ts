/** Runs a compiled program of this folder in each installed runtime. */
import { fileURLToPath } from 'node:url';
import { outputOf } from '../support/output.js';
import { type Runtime as Description, runtimes as descriptions } from '../support/runtimes.js';

const LIMIT = 280_000;

/** A runtime, with one of the two wake-ups. */
export interface Runtime {
  readonly name: string;
  /** Why it cannot run here, with the remedy; `false` if it can. */
  readonly skip: string | false;
  /** Runs a program of this folder (`name.js`). Resolves with its output, and rejects if it fails. */
  run(name: string, ...args: string[]): Promise<string>;
}

function runtime({ name, command, args: options, env, skip }: Description): Runtime {
  return {
    name,
    skip,
    async run(program, ...args) {
      const file = fileURLToPath(new URL(`./${program}.js`, import.meta.url));
      // With this variable, a program whose output looks like a test reporter's would become part of this test run.
      const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
      return outputOf(command, [...options, file, ...args], {
        environment: { ...inherited, ...env },
        timeout: LIMIT,
      });
    },
  };
}

export const runtimes: readonly Runtime[] = descriptions.map(runtime);
