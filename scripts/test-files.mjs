// Finds the tests by their sources, because a compiled file stays in build/ when its source is moved or
// deleted.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../test', import.meta.url));

/**
 * The compiled test files, as paths from the root. If names are given, only those whose path contains one of
 * them.
 */
export function testFiles(names = []) {
  return readdirSync(folder, { recursive: true })
    .filter(file => file.endsWith('.test.ts'))
    .map(file => `build/test/${file.replaceAll('\\', '/').replace(/\.ts$/, '.js')}`)
    .filter(file => names.length === 0 || names.some(name => file.includes(name)))
    .sort();
}
