/**
 * Constants in the bundle. The sources have one `export const NAME = constant('NAME', linux, win32, darwin)` for each of
 * about 3,000 names, and running all of them takes longer than the rest of an import. The bundle therefore has:
 *
 * - the constants that code names, as they are;
 * - all constants as one table of text, which is read when a name is looked up (`berkeley/constants`, the rows of
 *   options, the names of protocols).
 */
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** The module that looks up names in the table. Its code is scripts/package/table.mjs. */
export const TABLE = 'berkeley:table';

const NUMBER = /^export const (\w+) = constant\('(\w+)', ([^)]*)\);$/gm;
const TEXT = /^export const (\w+) = '([^' ]*)';$/gm;
const NAMESPACE = /^import \* as (\w+) from '([^']*)';$/gm;

/** The constants of a compiled module, as rows `NAME linux win32 darwin freebsd`; undefined if it is another module. */
function rowsOf(code) {
  const numbers = [...code.matchAll(NUMBER)];
  if (numbers.length === 0) return undefined;
  const rows = numbers.map(([, exported, name, columns]) => {
    if (exported !== name) throw new Error(`${exported} is called ${name}`);
    const values = columns.split(', ').map(value => (value === 'null' ? '' : String(Number(value))));
    return [name, ...values].join(' ').trimEnd();
  });
  rows.push(...[...code.matchAll(TEXT)].map(([, name, text]) => `${name} '${text}`));
  if (rows.length !== code.match(/^export /gm).length) return undefined;
  return rows;
}

function nameOf(row) {
  return row.split(' ', 1)[0];
}

/** The text of code without its comments, in which names can be searched. */
function withoutComments(code) {
  return code.replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');
}

/** Reads the constants of compiled modules in the directory `dist`. */
export class Constants {
  #dist;
  #modules = new Map();

  constructor(dist) {
    this.#dist = dist;
  }

  /** The rows of a module of constants. */
  #rows(file) {
    if (this.#keyOf(file) === undefined) throw new Error(`${file} does not consist of constants`);
    return this.#modules.get(file);
  }

  /** The name of a module of constants, such as `families/inet/constants`; undefined if it is another module. */
  #keyOf(file) {
    if (!this.#modules.has(file)) this.#modules.set(file, rowsOf(readFileSync(file, 'utf8')));
    if (this.#modules.get(file) === undefined) return undefined;
    return relative(this.#dist, file).replace(/\.js$/, '');
  }

  /** The rows of the constants that `berkeley` exports: that module has only `export { names } from`. */
  rootRows() {
    const file = join(this.#dist, 'constants/root.js');
    const lists = readFileSync(file, 'utf8').matchAll(/^export \{([^}]*)\} from '([^']*)'/gm);
    const rows = [...lists].flatMap(([, list, from]) => {
      const wanted = new Set(list.match(/\w+/g));
      const found = this.#rows(join(dirname(file), from)).filter(row => wanted.delete(nameOf(row)));
      if (wanted.size > 0) throw new Error(`${from} has no ${[...wanted]}`);
      return found;
    });
    return rows.join('\n');
  }

  /** The names of the constants that `berkeley` exports. */
  rootNames() {
    return this.rootRows().split('\n').map(nameOf);
  }

  /** The modules whose names `berkeley/constants` exports. */
  files() {
    const code = readFileSync(join(this.#dist, 'constants.js'), 'utf8');
    return [...code.matchAll(/^export \* from '([^']*)';$/gm)].map(([, path]) => join(this.#dist, path));
  }

  /** The rows of these modules, by the name of the module. */
  table() {
    return Object.fromEntries(this.files().map(file => [this.#keyOf(file), this.#rows(file).join('\n')]));
  }

  /** The names that `berkeley/constants` exports. */
  allNames() {
    return Object.values(this.table()).flatMap(rows => rows.split('\n').map(nameOf));
  }

  /** The plugin of the bundler. */
  plugin() {
    return {
      name: 'constants',
      transform: (code, file) => {
        if (file.endsWith('/constants/root.js')) return 'export {};'; // scripts/package/code.mjs adds these names
        if (!file.startsWith(this.#dist)) return undefined;
        if (this.#keyOf(file) !== undefined)
          return code.replaceAll(' = constant(', ' = /* @__PURE__ */ constant(');
        return this.#lookUp(code, file);
      },
    };
  }

  /**
   * Makes a module that accesses constants by computed name look them up; a module that only writes `c.NAME`
   * is unchanged.
   */
  #lookUp(code, file) {
    const bare = withoutComments(code);
    let changed = false;
    const result = code.replace(NAMESPACE, (line, local, from) => {
      const key = from.startsWith('.') ? this.#keyOf(join(dirname(file), from)) : undefined;
      const others = [...bare.matchAll(new RegExp(`(?<![.\\w])${local}\\b(?!\\.)`, 'g'))];
      if (key === undefined || others.length <= 1) return line;
      changed = true;
      return `import { namespaceOf as $${local} } from '${TABLE}';\nconst ${local} = $${local}('${key}');`;
    });
    return changed ? result : undefined;
  }
}
