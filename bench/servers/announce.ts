/** What the JavaScript servers share. Every server's first line of output says where it listens. */
import { writeSync } from 'node:fs';

/** A server that is about to block the thread cannot wait for a stream to be flushed. */
function say(line: string | number): void {
  writeSync(1, `${line}\n`);
}

export function announce(where: string | number): void {
  say(where);
  if (globalThis.gc !== undefined) collectOnSignal(globalThis.gc);
}

/** So that memory can be measured without garbage: answers with the bytes of JavaScript's heap that are in use. */
function collectOnSignal(collect: () => void): void {
  process.on('SIGUSR2', () => {
    collect();
    collect();
    say(process.memoryUsage().heapUsed);
  });
}

/** The program's one argument, which chooses how it serves. */
export function chosen<T>(ways: Readonly<Record<string, T>>): T {
  const way = ways[process.argv[2] ?? ''];
  if (way === undefined) throw new Error(`say how to serve: ${Object.keys(ways).join(', ')}`);
  return way;
}
