/**
 * Runs every statement about `node:dgram` with one module, and prints the results as JSON. runtimes.test.ts runs it on
 * each runtime.
 *
 *   usage: runtime-program.js node:dgram|berkeley/dgram
 */
import { type Dgram, Lab, type Statement } from './lab.js';
import { subjects } from './rows/index.js';

const LIMIT = 5000;
const [, , name = 'node:dgram'] = process.argv;
const dgram = (await import(name)) as Dgram;

/** Statements that replace the listeners for uncaught exceptions, or start Node.js itself. */
const IN_NODE_ONLY = /uncaught exception|keeps the process alive|does not|restores it|diagnostics channel/;

async function outcome(statement: Statement): Promise<unknown> {
  const lab = new Lab(dgram, name !== 'node:dgram');
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise(resolve => {
    timer = setTimeout(resolve, LIMIT, 'nothing happened');
  });
  try {
    return await Promise.race([Promise.resolve().then(() => statement.run(lab)), late]);
  } catch (error) {
    return `failed: ${error instanceof Error ? error.message.split('\n')[0] : error}`;
  } finally {
    clearTimeout(timer);
    lab.dispose();
  }
}

process.on('uncaughtException', () => {}); // of sockets of a statement that has failed
const results: Record<string, unknown> = {};
for (const { title, statements } of subjects) {
  for (const statement of statements) {
    if (IN_NODE_ONLY.test(statement.says)) continue;
    results[`${title}: ${statement.says}`] = (await outcome(statement)) ?? 'undefined';
  }
}
process.stdout.write(JSON.stringify(results), () => process.exit());
