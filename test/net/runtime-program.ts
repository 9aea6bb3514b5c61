/**
 * Runs every statement about `node:net` with one module, and prints the results as JSON. runtimes.test.ts runs it on each
 * runtime, and write-runtimes.ts counts.
 *
 *   usage: runtime-program.js node:net|berkeley/net
 */
import { type Net, Scene, type Statement } from './statement.js';
import { statements } from './statements/index.js';

const LIMIT = 10_000;
const [, , name = 'node:net'] = process.argv;
const net = (await import(name)) as Net;
const specifier = name === 'node:net' ? name : import.meta.resolve(name);

/**
 * Statements that start Node.js itself, replace the listeners for uncaught exceptions, or show what the `dns` module of the
 * runtime does.
 */
const IN_NODE_ONLY =
  /process end|keeps the process|that throws|uncaught exception|diagnostics channel|workers|not of a pipe|default of autoSelectFamilyAttemptTimeout|for the lookup from the options|throws for invalid options/;

async function outcome(statement: Statement): Promise<unknown> {
  const scene = new Scene(net, specifier);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise(resolve => {
    timer = setTimeout(resolve, LIMIT, 'nothing happened');
  });
  try {
    return await Promise.race([Promise.resolve().then(() => statement.run(scene)), late]);
  } catch (error) {
    return `failed: ${error instanceof Error ? error.message.split('\n')[0] : error}`;
  } finally {
    clearTimeout(timer);
    await Promise.race([scene.end().catch(() => {}), new Promise(resolve => setTimeout(resolve, 1000))]);
  }
}

process.on('uncaughtException', () => {}); // of sockets of a statement that has failed
process.on('unhandledRejection', () => {});
const results: Record<string, unknown> = {};
for (const statement of statements) {
  const { of, text, more, skip } = statement;
  if (more !== undefined || skip || IN_NODE_ONLY.test(text)) continue;
  results[`${of}: ${text}`] = (await outcome(statement)) ?? 'undefined';
}
process.stdout.write(JSON.stringify(results), () => process.exit());
