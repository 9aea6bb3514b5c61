/**
 * Makes a file of the package load another one, or a module of Node.js, when it first uses it. The variable with the
 * exports of the other file becomes a function that loads the file once, and each access calls it. An entry point exports
 * stand-ins for what it exports of other files (stand-ins.mjs).
 */
import { RolldownMagicString } from 'rolldown';
import { Visitor } from 'rolldown/utils';
import { readProgram } from './program.mjs';
import { helpers, standInsOf } from './stand-ins.mjs';

/** The bundler's own functions. They become a property of a file that is loaded before every file that uses them. */
const RUNTIME = './rolldown-runtime.cjs';
const HOST = './base.cjs';

function loader(local, path) {
  // Without a name of its own, the function can get a shorter variable (minify.mjs).
  return `let $${local};const ${local}=(0,()=>$${local}??=require("${path}"));`;
}

/** The leftmost part of `a.b.c`. */
function startOf(node) {
  return node.type === 'MemberExpression' ? startOf(node.object) : node;
}

/**
 * Changes every access to the exports of files that are loaded when they are used. `wrapped` are the modules of Node.js
 * whose default export is the module itself.
 */
function accessThrough({ fileName, code, ast }, locals, wrapped, replaced) {
  const text = new RolldownMagicString(code);
  const accessed = new Set();
  new Visitor({
    NewExpression({ callee }) {
      if (locals.has(startOf(callee).name)) text.prependRight(callee.start, '(').appendLeft(callee.end, ')');
    },
    MemberExpression({ object, property, end }) {
      if (object.type !== 'Identifier' || !locals.has(object.name)) return;
      accessed.add(object);
      if (wrapped.has(object.name) && property.name === 'default') text.overwrite(object.end, end, '()');
      else text.appendLeft(object.end, '()');
    },
    Identifier(node) {
      if (!locals.has(node.name) || accessed.has(node)) return;
      const isReplaced = [...replaced.keys()].some(
        ({ start, end }) => start <= node.start && node.end <= end,
      );
      if (!isReplaced) throw new Error(`${fileName} uses ${node.name} in an unknown form`);
    },
  }).visit(ast);
  return text;
}

/** The code that replaces a statement with an export of another file; undefined if that file is needed at once. */
function standInFor({ name, value }, standIns, first) {
  const { object, property } = value;
  const standIn = standIns.get(object?.name)?.get(property?.name);
  if (standIn === undefined) return undefined;
  const original = `${object.name}().${property.name}`;
  const same = first.get(original);
  if (same !== undefined && standIn.isShared) return { code: `exports.${name}=exports.${same};` };
  first.set(original, name);
  return { code: standIn.code(name, original), helper: standIn.helper };
}

/** The code that replaces the statements with exports, by the statement. */
function* exportsOf({ exported, code }, standIns) {
  const first = new Map();
  for (const each of exported) {
    const standIn = standInFor(each, standIns, first);
    if (standIn !== undefined) yield [each.statement, standIn];
    // A plain property is faster to create and to read than a getter.
    else if (each.value.type === 'Identifier')
      yield [
        each.statement,
        { code: `exports.${each.name}=${code.slice(each.value.start, each.value.end)};` },
      ];
  }
}

/** The code that replaces the statements that load other files, by the statement. */
function* loadersOf({ required, effects, wrapped }, isLazy) {
  for (const { local, path, statement } of required)
    if (isLazy(path)) yield [statement, { code: loader(local, path) }];
  for (const { local, path, statement } of required)
    if (path === RUNTIME) yield [statement, { code: `const ${local}=require("${HOST}").runtime;` }];
  // They register their own rows, which only matter to their own functions.
  for (const { path, statement } of effects) if (isLazy(path)) yield [statement, { code: '' }];
  for (const { statement } of wrapped) yield [statement, { code: '' }];
}

/** Changes one file. */
function defer(chunk, programs, isLazy) {
  const program = programs.get(chunk.fileName);
  const lazy = program.required.filter(({ path }) => isLazy(path));
  const standIns = chunk.isEntry
    ? lazy.map(({ local, path }) => [local, standInsOfPath(programs, path)])
    : [];
  const replaced = new Map([...loadersOf(program, isLazy), ...exportsOf(program, new Map(standIns))]);
  const locals = new Set(lazy.map(({ local }) => local));
  const wrapped = new Set(program.wrapped.map(({ local }) => local));
  const text = accessThrough(program, locals, wrapped, replaced);
  const lines = program.ast.body.map(each => replaced.get(each)?.code ?? text.slice(each.start, each.end));
  const used = new Set([...replaced.values()].map(({ helper }) => helper));
  const called = Object.keys(helpers).filter(name => used.has(name));
  const code = [...lines, ...called.map(name => helpers[name])].filter(line => line !== '').join('\n');
  return { ...chunk, code, names: program.exported.map(({ name }) => name) };
}

function standInsOfPath(programs, path) {
  const other = programs.get(path.replace(/^\.\//, ''));
  return other === undefined ? new Map() : standInsOf(other);
}

/** Changes all files. Those with the given paths are still loaded by the files that require them. */
export function deferLoading(chunks, eager) {
  const programs = new Map(chunks.map(chunk => [chunk.fileName, readProgram(chunk)]));
  const isLazy = path => !eager.includes(path) && path !== RUNTIME;
  const runtime = chunks.find(({ fileName }) => `./${fileName}` === RUNTIME);
  const changed = chunks.filter(chunk => chunk !== runtime).map(chunk => defer(chunk, programs, isLazy));
  const host = changed.find(({ fileName }) => `./${fileName}` === HOST);
  host.code += `\nexports.runtime=(exports=>{${runtime.code.trim()}return exports})({});`;
  return changed;
}
