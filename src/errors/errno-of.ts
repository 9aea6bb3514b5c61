/** The choice of a platform's error number. */

const columns: Readonly<Partial<Record<NodeJS.Platform, 'win32' | 'darwin' | 'freebsd'>>> = {
  win32: 'win32',
  darwin: 'darwin',
  freebsd: 'freebsd',
};
const column = columns[process.platform] ?? 'linux';

/**
 * Returns the number of an error code on this platform, negative as in Node.js. A code that the platform lacks has
 * `NaN`, which equals no result.
 */
export function errnoOf(
  linux: number | null,
  win32: number | null,
  darwin: number | null,
  freebsd: number | null,
): number {
  const number = { linux, win32, darwin, freebsd }[column];
  return number === null ? Number.NaN : -number;
}
