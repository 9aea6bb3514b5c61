// The code in the bundle that evaluates constants: see constants.mjs.
import process from 'node:process';
import { constant } from '#constant';

const isLinux = process.platform === 'linux' || process.platform === 'android';
const column = isLinux ? 0 : ['win32', 'darwin', 'freebsd'].indexOf(process.platform) + 1 || 4;

/** The number of a constant that only Linux has. */
const linux = isLinux ? number => number : () => undefined;

/** The number in the column of this platform. */
function choose(...numbers) {
  return numbers[column];
}

/** Returns the constants of a function that scripts/package/constants.mjs has written. */
export function evaluate(rows) {
  const constants = rows(linux, choose, constant);
  for (const name in constants) constants[name] ??= constant(name, null, null, null, null);
  return constants;
}
