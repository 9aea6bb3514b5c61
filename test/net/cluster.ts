import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const program = fileURLToPath(new URL('cluster-program.js', import.meta.url));

/** Runs cluster-program.ts, and returns what it prints. */
export async function clusterResults(module: string, policy: 'rr' | 'none', path: string): Promise<object> {
  const limits = { timeout: 60_000, killSignal: 'SIGKILL' } as const;
  const { stdout } = await promisify(execFile)(process.execPath, [program, module, policy, path], limits);
  return JSON.parse(stdout);
}
