/**
 * Generates the JavaScript of the package. The code is CommonJS: one file per entry point, and the files of
 * scripts/package/chunks.mjs. `import` finds small modules that re-export these files. `import` and `require`
 * therefore share one copy of the state, even in a test runner that supports only `require`.
 */
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RUNTIME_MODULE_ID, rolldown } from 'rolldown';
import { chunkOf } from './chunks.mjs';
import { Constants } from './constants.mjs';
import { dist, entries } from './entries.mjs';
import { deferLoading } from './lazy.mjs';
import { minify } from './minify.mjs';

/** The modules of this directory that are part of the package, and the files that they are in. */
const places = { table: 'table', columns: 'constant', namespace: 'base' };
const pathOf = name => fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
const resolved = {
  ...Object.fromEntries(Object.keys(places).map(name => [`#${name}`, pathOf(name)])),
  '#constant': join(dist, 'constants/constant.js'),
};

/** Resolves the names of those modules, and adds the rows to the table of constants. */
function tablePlugin(modules) {
  return {
    name: 'table',
    resolveId: id => resolved[id],
    transform: (code, file) =>
      file === resolved['#table']
        ? `import { absent, constant } from '#columns';\nconst modules = ${modules};\n${code}`
        : undefined,
  };
}

/** `process` is global in every runtime. The bundler would copy each of its properties into a module object. */
const globalProcess = {
  name: 'global-process',
  transform: code => code.replace(/^import process from 'node:process';\n/m, ''),
};

/** The file that a module of the bundler belongs to. */
function placeOf(id) {
  if (id === RUNTIME_MODULE_ID) return 'base';
  const [file, place] = id.split('?');
  const own = Object.keys(places).find(name => resolved[`#${name}`] === file);
  if (own !== undefined) return places[own];
  return (place ?? chunkOf(relative(dist, file).replace(/\.js$/, ''))) || null;
}

const output = {
  format: 'cjs',
  exports: 'named',
  // As in the sources, which are modules.
  strict: true,
  // Resolving the name takes longer than loading the addon.
  paths: { '#binding': '../binding.cjs' },
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name].cjs',
  comments: false,
  codeSplitting: { groups: [{ name: placeOf, debugName: 'chunks', includeDependenciesRecursively: false }] },
  minifyInternalExports: true,
};

/** The files that others load at once. Loading the addon fails if there is none, and so does the import. */
const EAGER = ['./base.cjs', './constant.cjs', '../binding.cjs'];

async function bundle(constants) {
  const { constants: _, ...code } = entries;
  const build = await rolldown({
    input: { ...code, table: resolved['#table'], constant: resolved['#columns'] },
    platform: 'node',
    external: ['#binding'],
    preserveEntrySignatures: 'allow-extension',
    checks: { bundlerTimings: false }, // a slow machine is no fault
    onLog: (_, { message }) => {
      throw new Error(message);
    },
    plugins: [tablePlugin(constants.table()), constants.plugin(), globalProcess],
  });
  const { output: chunks } = await build.generate(output);
  await build.close();
  return deferLoading(chunks, EAGER);
}

/**
 * Before Node.js imports a CommonJS file, it searches all of its text for the names of exports, in JavaScript that is
 * not compiled yet. The module for a longer file therefore imports a file that only requires it.
 */
const LONGEST = 6_000;

/** Writes the code of all entry points to a directory. */
export async function writeCode(folder) {
  const constants = await Constants.read(dist);
  const write = (name, text) => writeFileSync(join(folder, name), text);
  for (const { fileName, code, isEntry, name, names: exported } of await bundle(constants)) {
    const whole = name === 'index' ? withConstants(code, constants) : code;
    if (fileName === 'constants.cjs')
      throw new Error(`a file that entry points share has the name ${fileName}`);
    const text = minify(fileName, whole);
    write(fileName, text);
    if (!isEntry || !(name in entries)) continue;
    const names = [...exported, ...(name === 'index' ? constants.rootNames() : [])];
    const isLong = text.length > LONGEST;
    write(`${name}.js`, moduleOf(isLong ? `${name}-import` : name, names));
    if (isLong)
      write(`${name}-import.cjs`, `"use strict";const all=require("./${name}.cjs");module.exports=all;\n`);
  }
  write('constants.cjs', '"use strict";require("./table.cjs").exportAll(exports);\n');
  write('constants.js', moduleOf('constants', constants.allNames()));
}

/** The code of `berkeley` with its constants, which are one object literal: V8 creates it at once. */
function withConstants(code, constants) {
  const names = 'const{absent,constant,evaluate}=require("./constant.cjs");';
  return `${code}\n${names}\nObject.assign(exports,evaluate(${constants.rootArguments()}));`;
}

/**
 * The module for `import`: the exports of a CommonJS file. It reads them in their order, because the first access to a
 * property by its name takes V8 longer than everything else in the module.
 */
function moduleOf(file, exports) {
  const names = [...new Set(exports)].filter(name => name !== 'default');
  const [all, own] = exports.includes('default')
    ? ['const{default:d,...o}=c,v=Object.values(o);', 'export default d;']
    : ['const v=Object.values(c);', ''];
  const values = names.map(name => `${name}=v[i++]`);
  return `import c from"./${file}.cjs";${all}let i=0;export const ${values};${own}\n`;
}
