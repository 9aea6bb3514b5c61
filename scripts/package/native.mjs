/** The C sources of the package: those of the platforms that have processors without a binary of their own. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { joinSources, sourceFiles } from '../native-sources.mjs';
import { root } from './entries.mjs';

/** Windows and macOS have no others than those that a release has binaries for. */
const PLATFORMS = ['linux', 'freebsd'];

/** The header files that a file includes, of ours. */
function headersOf(file) {
  const included = readFileSync(file, 'utf8').matchAll(/^\s*#\s*include "([^"]+)"/gm);
  return [...included]
    .map(([, name]) => [join(dirname(file), name), join(root, 'native', name)].find(existsSync))
    .filter(header => header !== undefined);
}

/** A string or a character, which are kept, or a comment. */
const TOKEN = /("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|\/\*.*?\*\/|\/\/[^\n]*/gs;

/** A source without its comments, which are in the repository: they are a third of what it adds to the archive. */
function withoutComments(code) {
  const bare = code.replace(TOKEN, (_, literal) => literal ?? ' ');
  return bare
    .replace(/[ \t]+$/gm, '')
    .replace(/^\n+/, '')
    .replace(/\n{2,}/g, '\n');
}

/** The text of the file with all sources. */
export function publishedSources() {
  const files = new Set(PLATFORMS.flatMap(sourceFiles));
  for (const file of files) for (const header of headersOf(file)) files.add(header);
  const paths = [...files].map(file => relative(root, file)).sort();
  const textOf = path => withoutComments(readFileSync(join(root, path), 'utf8'));
  return joinSources(Object.fromEntries(paths.map(path => [path, textOf(path)])));
}
