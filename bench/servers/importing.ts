import { announce } from './announce.js';

/** Loads a package, and prints how long that takes and how much memory the process has more. */
export async function measureImport(load: () => unknown): Promise<void> {
  const before = process.memoryUsage.rss();
  const start = performance.now();
  await load();
  const milliseconds = performance.now() - start;
  const megabytes = (process.memoryUsage.rss() - before) / 2 ** 20;
  announce(JSON.stringify({ milliseconds, megabytes }));
}
