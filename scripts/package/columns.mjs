// The code in the bundle that evaluates constants: see constants.mjs. On Linux there is nothing to do, so that an
// import only evaluates an object literal.
import process from 'node:process';
import { constant } from '#constant';

const isLinux = process.platform === 'linux' || process.platform === 'android';

function number(column) {
  return column ? Number(column) : null;
}

/** The number of a constant that Linux lacks. On other platforms `evaluate` replaces it. */
export function absent(name) {
  return isLinux ? constant(name, null, null, null, null) : 0;
}

/**
 * Returns the constants of this platform.
 *
 * @param constants those of Linux
 * @param others lines with a name, and its numbers on Windows, macOS and FreeBSD if there are any
 */
export function evaluate(constants, others) {
  if (isLinux) return constants;
  const rows = new Map(others.split('\n').map(line => [line.split(' ', 1)[0], line.split(' ').slice(1)]));
  for (const name in constants) {
    if (typeof constants[name] === 'string') continue;
    const [win32, darwin, freebsd] = rows.get(name) ?? [];
    constants[name] = constant(name, null, number(win32), number(darwin), number(freebsd));
  }
  return constants;
}

export { constant } from '#constant';
