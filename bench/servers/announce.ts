/** Shared by the JavaScript servers. The first line of a server's output is its port or path. */
import { writeSync } from 'node:fs';

/** A server that is about to block the thread cannot wait for a stream to be flushed. */
function say(line: string | number): void {
  writeSync(1, `${line}\n`);
}

export function announce(where: string | number): void {
  say(where);
  if (globalThis.gc !== undefined) collectOnSignal(globalThis.gc);
}

/** Ends a server whose package or runtime lacks what it is about. The table says why. */
export function endUnsupported(reason: unknown): never {
  say(`unsupported: ${reason instanceof Error ? reason.message : reason}`);
  process.exit();
}

/** Answers with the used bytes of the JavaScript heap, so that memory can be measured without garbage. */
function collectOnSignal(collect: () => void): void {
  process.on('SIGUSR2', () => {
    collect();
    collect();
    say(process.memoryUsage().heapUsed);
  });
}

/** The program's only argument, which selects the way of serving. */
export function chosen<T>(ways: Readonly<Record<string, T>>): T {
  const way = ways[process.argv[2] ?? ''];
  if (way === undefined) throw new Error(`say how to serve: ${Object.keys(ways).join(', ')}`);
  return way;
}
