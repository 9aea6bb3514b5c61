import { announce } from './announce.js';

/** Loads a package, and prints the time that takes and the memory that the process gains. */
export async function measureImport(load: () => unknown): Promise<void> {
  const before = process.memoryUsage.rss();
  const start = performance.now();
  await load();
  const milliseconds = performance.now() - start;
  const megabytes = (process.memoryUsage.rss() - before) / 2 ** 20;
  announce(JSON.stringify({ milliseconds, megabytes }));
}
