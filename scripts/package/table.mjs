// The code of the table of constants in the bundle: see constants.mjs. `modules` has a function per module, which
// returns the constants of that module.
import { evaluate } from '#columns';

const names = Object.create(null);

/** Reads the constants of a module, once. */
export function read(module) {
  names[module] ??= evaluate(modules[module]);
  return names[module];
}

/** Adds all constants to the exports of an entry point. */
export function exportAll(exports) {
  for (const module of Object.keys(modules)) Object.assign(exports, read(module));
}
