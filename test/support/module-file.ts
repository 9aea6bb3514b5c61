/** Programs of a few lines, in a file: not every runtime takes a module on its command line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

let folder: string | undefined;
let count = 0;

/** Writes a module to a new file and returns its path. The file is inside of this package, where it can import `berkeley`. */
export function moduleFile(text: string): string {
  if (folder === undefined) {
    const made = mkdtempSync(join(import.meta.dirname, 'modules-'));
    process.on('exit', () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  const file = join(folder, `${++count}.mjs`);
  writeFileSync(file, text);
  return file;
}
