// The code of the table of constants in the bundle: see constants.mjs. `modules` has a row per module: a function
// that returns its constants on Linux, and those of other platforms.
import { evaluate } from '#columns';

const names = Object.create(null);

/** Reads the constants of a module, once. */
export function read(module) {
  if (names[module] === undefined) {
    const [literal, others] = modules[module];
    names[module] = evaluate(literal(), others);
  }
  return names[module];
}

/** Adds all constants to the exports of an entry point. */
export function exportAll(exports) {
  for (const module of Object.keys(modules)) Object.assign(exports, read(module));
}
