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

/** The files that take longest, so that they start first. The run of all tests ends with the list of such files. */
export const longest = [
  'conformance/main-thread',
  'conformance/worker',
  'attack/nonsense',
  'runtime/terminated',
  'examples/demo',
  'runtime/copies',
  'attack/load',
  'attack/giving-up',
  'types/compilers',
  'bench/ends',
  'net/serve',
  'cli/nc',
];

/** The same files, but those of {@link longest} first. */
export function longestFirst(files) {
  const rank = file => {
    const index = longest.findIndex(name => file.endsWith(`/${name}.test.js`));
    return index < 0 ? longest.length : index;
  };
  return files.toSorted((a, b) => rank(a) - rank(b));
}
