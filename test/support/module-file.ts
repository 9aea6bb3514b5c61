/** Programs of a few lines, in a file: not every runtime takes a module on its command line. */
import { writeFileSync } from 'node:fs';
import { freshPath } from './names.js';

/** Writes a module to a new file and returns its path. A package has to be imported by its resolved name. */
export function moduleFile(text: string): string {
  const file = `${freshPath()}.mjs`;
  writeFileSync(file, text);
  return file;
}
