/**
 * Constants in the bundle. The sources have one `export const NAME = constant('NAME', linux, win32, darwin)` for each of
 * about 3,000 names, and running all of them takes longer than the rest of an import. The bundle therefore has:
 *
 * - in each file, the constants that its code names, as they are;
 * - all constants as one object literal per module, which is evaluated when a name is looked up
 *   (`berkeley/constants`, the rows of options, the names of protocols).
 */
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { chunkOf } from './chunks.mjs';

const NUMBER = /^export const (\w+) = constant\('(\w+)', ([^)]*)\);$/gm;
const TEXT = /^export const (\w+) = '([^' ]*)';$/gm;
const NAMESPACE = /^import \* as (\w+) from '([^']*)';$/gm;

/** The text of a value in the object literal for Linux: a number if Linux has it, the same on every processor. */
function textOf(name, [linux, ...others], exceptions) {
  if (linux === null) return `absent("${name}")`;
  return exceptions.has(name)
    ? `constant("${name}",${[linux, ...others].map(String).join(',')})`
    : String(linux);
}

/** The line of a name with its numbers on other platforms; undefined if it has none. */
function lineOf(name, [, ...others]) {
  return others.every(value => value === null) ? undefined : [name, ...others].join(' ').trimEnd();
}

/**
 * The constants of a compiled module: of each its name, its text in the literal for Linux, and its line for other
 * platforms. Undefined if it is another module.
 */
function rowsOf(code, exceptions) {
  const numbers = [...code.matchAll(NUMBER)];
  if (numbers.length === 0) return undefined;
  const rows = numbers.map(([, exported, name, columns]) => {
    if (exported !== name) throw new Error(`${exported} is called ${name}`);
    const given = columns.split(', ').map(value => (value === 'null' ? null : Number(value)));
    const values = [...given, null].slice(0, 4);
    return { name, text: textOf(name, values, exceptions), line: lineOf(name, values) };
  });
  rows.push(...[...code.matchAll(TEXT)].map(([, name, text]) => ({ name, text: JSON.stringify(text) })));
  if (rows.length !== code.match(/^export /gm).length) return undefined;
  return rows;
}

function literalOf(rows) {
  return `{${rows.map(({ name, text }) => `${name}:${text}`).join(',')}}`;
}

/** The lines for other platforms, as the text of a string. */
function othersOf(rows) {
  return JSON.stringify(rows.flatMap(({ line }) => line ?? []).join('\n'));
}

/** The text of code without its comments, in which names can be searched. */
function withoutComments(code) {
  return code.replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');
}

/** Reads the constants of compiled modules in the directory `dist`. */
export class Constants {
  #dist;
  #exceptions;
  #modules = new Map();

  static async read(dist) {
    const { exceptions } = await import(join(dist, 'constants/exceptions.js'));
    return new Constants(dist, new Set(Object.values(exceptions).flatMap(names => Object.keys(names))));
  }

  constructor(dist, exceptions) {
    this.#dist = dist;
    this.#exceptions = exceptions;
  }

  /** The rows of a module of constants. */
  #rows(file) {
    if (this.#keyOf(file) === undefined) throw new Error(`${file} does not consist of constants`);
    return this.#modules.get(file);
  }

  /** The name of a module of constants, such as `families/inet/constants`; undefined if it is another module. */
  #keyOf(file) {
    if (!this.#modules.has(file))
      this.#modules.set(file, rowsOf(readFileSync(file, 'utf8'), this.#exceptions));
    if (this.#modules.get(file) === undefined) return undefined;
    return relative(this.#dist, file).replace(/\.js$/, '');
  }

  /** The constants that `berkeley` exports: that module has only `export { names } from`. */
  #root() {
    const file = join(this.#dist, 'constants/root.js');
    const lists = readFileSync(file, 'utf8').matchAll(/^export \{([^}]*)\} from '([^']*)'/gm);
    return [...lists].flatMap(([, list, from]) => {
      const wanted = new Set(list.match(/\w+/g));
      const found = this.#rows(join(dirname(file), from)).filter(({ name }) => wanted.delete(name));
      if (wanted.size > 0) throw new Error(`${from} has no ${[...wanted]}`);
      return found;
    });
  }

  /** The text of the arguments of `evaluate` (columns.mjs) for the constants that `berkeley` exports. */
  rootArguments() {
    return `${literalOf(this.#root())},${othersOf(this.#root())}`;
  }

  /** The names of the constants that `berkeley` exports. */
  rootNames() {
    return this.#root().map(({ name }) => name);
  }

  /** The modules whose names `berkeley/constants` exports. */
  files() {
    const code = readFileSync(join(this.#dist, 'constants.js'), 'utf8');
    return [...code.matchAll(/^export \* from '([^']*)';$/gm)].map(([, path]) => join(this.#dist, path));
  }

  /** The text of an object with a row per module, as table.mjs reads it. */
  table() {
    const modules = this.files().map(file => {
      const rows = this.#rows(file);
      return `${JSON.stringify(this.#keyOf(file))}:[()=>(${literalOf(rows)}),${othersOf(rows)}]`;
    });
    return `{${modules.join(',\n')}}`;
  }

  /** The names that `berkeley/constants` exports. */
  allNames() {
    return [...new Set(this.files().flatMap(file => this.#rows(file).map(({ name }) => name)))];
  }

  /**
   * The plugin of the bundler. Each file of the package gets its own copy of the constants and layouts that its
   * code names.
   */
  plugin() {
    return {
      name: 'constants',
      resolveId: (source, importer) => {
        if (!source.startsWith('.') || importer === undefined) return undefined;
        const from = importer.replace(/\?.*$/, '');
        const file = join(dirname(from), source);
        if (!file.startsWith(this.#dist)) return undefined;
        return this.#isCopied(file) ? `${file}?${this.#placeOf(importer)}` : file;
      },
      load: id => (id.includes('?') ? readFileSync(id.replace(/\?.*$/, ''), 'utf8') : undefined),
      transform: (code, id) => {
        const file = id.replace(/\?.*$/, '');
        if (file.endsWith('/constants/root.js')) return 'export {};'; // scripts/package/code.mjs adds these names
        if (!file.startsWith(this.#dist)) return undefined;
        if (this.#isCopied(file))
          return code.replaceAll(/ = (constant|layoutOf|errnoOf)\(/g, ' = /* @__PURE__ */ $1(');
        return this.#lookUp(code, file);
      },
    };
  }

  #isCopied(file) {
    return this.#keyOf(file) !== undefined || /[/-]layout\.js$|\/errno-numbers\.js$/.test(file);
  }

  /** The file of the package that a module belongs to. A layout that names constants belongs to that of its user. */
  #placeOf(importer) {
    const [file, place] = importer.split('?');
    return place ?? chunkOf(relative(this.#dist, file).replace(/\.js$/, '')) ?? '';
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
      const others = [...bare.matchAll(new RegExp(`(?<![.\\w'])${local}\\b(?!\\.)`, 'g'))];
      if (key === undefined || others.length <= 1) return line;
      changed = true;
      return `import { namespaceOf as $${local} } from '#namespace';\nconst ${local} = $${local}('${key}');`;
    });
    return changed ? result : undefined;
  }
}
