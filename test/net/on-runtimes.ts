import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Runtime } from '../support/runtimes.js';

const program = fileURLToPath(new URL('runtime-program.js', import.meta.url));

/** Runs all statements with one module on one runtime. Returns the results by statement. */
export function resultsOn(
  { command, args, env }: Pick<Runtime, 'command' | 'args' | 'env'>,
  module: 'node:net' | 'berkeley/net',
): Record<string, unknown> {
  const options = { encoding: 'utf8', env: { ...process.env, ...env }, timeout: 280_000 } as const;
  return JSON.parse(
    execFileSync(command, [...args, program, module], { ...options, stdio: ['ignore', 'pipe', 'ignore'] }),
  );
}
