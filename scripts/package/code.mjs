/**
 * Generates the JavaScript of the package. The code is CommonJS: one file with the code of `berkeley`, and
 * one for each other entry point. `import` finds small modules that re-export these files. `import` and
 * `require` therefore share one copy of the state, even in a test runner that supports only `require`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { Constants, TABLE } from './constants.mjs';
import { dist, entries } from './entries.mjs';

const table = fileURLToPath(new URL('table.mjs', import.meta.url));

/** Returns whether a module is part of the table of constants. */
const isTable = id => id === table || /\/constants\/(constant|exceptions)\.js$/.test(id);

/** Collects the modules that `entry` needs, apart from itself and the table. */
function collect(entry, core) {
  return {
    name: 'collect',
    buildEnd() {
      const waiting = [entry];
      for (const id of waiting) {
        if (core.has(id) || isTable(id)) continue;
        core.add(id);
        waiting.push(...(this.getModuleInfo(id)?.importedIds ?? []));
      }
      core.delete(entry);
    },
  };
}

/** Adds the rows to the table of constants. */
function tablePlugin(rows) {
  const modules = { [TABLE]: table, '#constant': join(dist, 'constants/constant.js') };
  return {
    name: 'table',
    resolveId: id => modules[id],
    transform: (code, file) =>
      file === table ? `const TABLE = ${JSON.stringify(rows)};\n${code}` : undefined,
  };
}

const GETTER =
  /Object\.defineProperty\(exports, ["']([\w$]+)["'], \{\s*enumerable: true,\s*get: function\s*\(\) \{\s*return ([\w$]+(?:\.[\w$]+)?);\s*\}\s*\}\);/g;

/**
 * Replaces the getters through which chunks export with plain properties, which are faster to create and to
 * read. That is possible because no export changes.
 */
const plainExports = {
  name: 'plain-exports',
  renderChunk(code, { fileName }) {
    for (const [, , local] of code.matchAll(GETTER)) {
      if (local.includes('.')) continue; // an export of another file, which is complete when it was loaded
      const declared = new RegExp(`^(?:let|var) ${local.replaceAll('$', '\\$')}(?: = (.*)|;)$`, 'm').exec(
        code,
      );
      // Namespaces and classes are variables that are assigned once.
      if (declared !== null && !/^(class\b|require_|\/\* @__PURE__ \*\/ )/.test(declared[1] ?? ''))
        throw new Error(`${fileName} exports ${local}, which can change`);
    }
    return code.replace(GETTER, 'exports.$1 = $2;');
  },
};

/**
 * Escapes non-ASCII characters, which occur only in strings: V8 needs twice the memory for a file that
 * contains one.
 */
const ascii = code =>
  code.replace(/[^\0-\x7f]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

const output = core => ({
  format: 'cjs',
  exports: 'named',
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name].cjs',
  comments: false,
  // One file, so that the functions of `berkeley` refer to each other without a property access.
  codeSplitting: {
    groups: [{ name: 'core', test: id => core.has(id), includeDependenciesRecursively: false }],
  },
  // Names are kept for stacks and profiles. Shorter names do not make an import faster.
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
});

async function bundle(constants) {
  const { constants: _, ...code } = entries;
  const core = new Set();
  const build = await rolldown({
    input: { ...code, table },
    platform: 'node',
    external: ['#binding'],
    preserveEntrySignatures: 'allow-extension',
    onLog: (_, { message }) => {
      throw new Error(message);
    },
    plugins: [tablePlugin(constants.table()), constants.plugin(), plainExports, collect(entries.index, core)],
  });
  const { output: chunks } = await build.generate(output(core));
  await build.close();
  return chunks;
}

/** Writes the code of all entry points to a directory. */
export async function writeCode(folder) {
  const constants = new Constants(dist);
  const write = (name, text) => writeFileSync(join(folder, name), text);
  for (const { fileName, code, isEntry, name, exports } of await bundle(constants)) {
    const own =
      name === 'index'
        ? `require("./table.cjs").exportTo(exports,${JSON.stringify(constants.rootRows())});`
        : '';
    if (/defineProperty\(exports,\s*"/.test(code))
      throw new Error(`${fileName} has an export that is a getter`);
    write(fileName, ascii(`${code.trimEnd()}${own}\n`));
    if (isEntry && name in entries) {
      write(
        `${name}.js`,
        moduleOf(name, name === 'index' ? [...exports, ...constants.rootNames()] : exports),
      );
    }
  }
  write('constants.cjs', '"use strict";require("./table.cjs").exportTo(exports);\n');
  write('constants.js', moduleOf('constants', constants.allNames()));
}

/** The module for `import`: the exports of a CommonJS file. */
function moduleOf(name, exports) {
  const names = [...new Set(exports)].filter(each => each !== 'default').sort();
  const own = exports.includes('default') ? 'export default c.default;' : '';
  return `import c from"./${name}.cjs";export const{${names.join(',')}}=c;${own}\n`;
}
