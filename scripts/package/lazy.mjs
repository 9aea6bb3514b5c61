/**
 * Makes a file of the package load another one when it first uses it. The bundler accesses an export of another
 * file as `require_other.name`. This replaces `const require_other=require("./other.cjs")` by a function that
 * loads the file once, and calls the function at each access.
 *
 * An entry point exports functions of other files. Each becomes a function of the same name and length, which
 * loads the file and calls the original. A module namespace becomes an object with the same properties, which load
 * the file when they are read. Other exports load their file together with the entry point.
 */
import { parseSync } from 'rolldown/utils';

/** A file that is required for its effects: it registers its own rows, which only matter to its own functions. */
const EFFECTS = /(?<=;)require\("\.\/([^"]+)"\);/g;
const REQUIRE = /const (require_\w+)=require\("\.\/([^"]+)"\);/g;

/** A module of Node.js. Most are loaded at the start of a process, but some bring a dozen others. */
const BUILTIN = /let (node_\w+)=require\("(node:[^"]+)"\);/g;

/** The `length` of a function: the number of parameters before the first that is optional. */
function lengthOf(params) {
  const first = params.findIndex(({ type }) => type === 'AssignmentPattern' || type === 'RestElement');
  return first < 0 ? params.length : first;
}

/** The functions of a file: their lengths by name. */
function functionsOf({ fileName, code }) {
  const { program } = parseSync(fileName, code, { sourceType: 'script' });
  const functions = program.body.filter(({ type }) => type === 'FunctionDeclaration');
  return new Map(functions.map(({ id, params }) => [id.name, lengthOf(params)]));
}

const NAMESPACE = /\b([\w$]+)=(?:[\w$]+\.)?[\w$]+\(\{((?:[\w$]+:\(\)=>[^,}]+,?)+)\}\)/g;

/** The module namespaces of a file: their names by the name of the namespace. */
function namespacesOf({ code }) {
  return new Map(
    [...code.matchAll(NAMESPACE)].map(([, local, names]) => [
      local,
      [...names.matchAll(/([\w$]+):\(\)=>/g)].map(([, name]) => name),
    ]),
  );
}

/** What an entry point can export before the file is loaded: the code that creates it, by the name of the export. */
function standInsOf(chunk) {
  const functions = functionsOf(chunk);
  const namespaces = namespacesOf(chunk);
  const standIns = new Map();
  for (const [, name, local] of chunk.code.matchAll(/\bexports\.([\w$]+)=([\w$]+);/g)) {
    if (functions.has(local)) standIns.set(name, forwarder(functions.get(local)));
    if (
      chunk.name !== NEEDED &&
      new RegExp(`\\b(var|class) ${local}\\b(=class\\b|(?= ?extends|\\{))`).test(chunk.code)
    )
      standIns.set(name, getter);
    if (namespaces.has(local)) standIns.set(name, namespace(namespaces.get(local)));
  }
  return standIns;
}

/** A function of the same name and length that loads the file when it is called. */
function forwarder(length) {
  const params = Array.from({ length }, (_, index) => `a${index}`).join(',');
  return (exported, original) =>
    `exports.${exported}=function ${exported}(${params}){return ${original}.apply(this,arguments)};`;
}

/** A module namespace that loads the file when one of its properties is read. */
function namespace(names) {
  return (exported, original) => `exports.${exported}=namespace("${names.join(' ')}",()=>${original});`;
}

/** A property that loads the file when it is first read: a class cannot have a stand-in. */
function getter(exported, original) {
  return `define("${exported}",()=>${original});`;
}

/** A file that entry points load at once for its classes. It loads the addon, so an import fails if there is none. */
const NEEDED = 'core';

const RUNTIME = {
  define:
    'function define(name,load){const property={enumerable:true,configurable:true};' +
    'Object.defineProperty(exports,name,{...property,get(){const value=load();' +
    'Object.defineProperty(exports,name,{...property,value,writable:true});return value}})}',
  namespace:
    'function namespace(names,load){const all=Object.create(null);' +
    'for(const name of names.split(" "))Object.defineProperty(all,name,{enumerable:true,get:()=>load()[name]});' +
    'Object.defineProperty(all,Symbol.toStringTag,{value:"Module"});return Object.preventExtensions(all)}',
};

function loader(local, path) {
  return `let $${local};const ${local}=()=>$${local}??=require("${path}");`;
}

/** Replaces each access to the exports of a module by one that loads it. */
function accessThrough(code, local) {
  return code
    .replace(new RegExp(`\\bnew ${local}\\.([\\w$]+)`, 'g'), `new(${local}().$1)`)
    .replace(new RegExp(`(?<![\\w$])${local}\\.`, 'g'), `${local}().`);
}

/** The default export of a module of Node.js is the module itself, so that the bundler’s object around it is not needed. */
function withoutInterop(code) {
  const wrapped = /\b(node_\w+)=[\w$]+\.[\w$]+\(\1\);/g;
  const locals = [...code.matchAll(wrapped)].map(([, local]) => local);
  return locals.reduce(
    (text, local) => text.replaceAll(new RegExp(`(?<![\\w$])${local}\\.default\\b`, 'g'), local),
    code.replace(wrapped, ''),
  );
}

/** Replaces the exports of another file by what stands for them. Two names of one function have the same. */
function withStandIns(code, pattern, standIns, local) {
  const first = new Map();
  return code.replace(pattern, (all, exported, name) => {
    const standIn = standIns.get(name);
    if (standIn === undefined) return all;
    if (standIn !== getter && first.has(name)) return `exports.${exported}=exports.${first.get(name)};`;
    first.set(name, exported);
    return standIn(exported, `${local}().${name}`);
  });
}

/** Changes one file; `isLazy` tells which of the files that it requires are loaded when they are used. */
function defer(chunk, isLazy, standIns) {
  const files = new Map([...chunk.code.matchAll(REQUIRE)].map(([, local, file]) => [local, file]));
  let code = chunk.code
    .replace(REQUIRE, (all, local, file) => (isLazy(file) ? loader(local, `./${file}`) : all))
    .replace(EFFECTS, (all, file) => (isLazy(file) ? '' : all));
  for (const [local, file] of files) {
    if (!isLazy(file)) continue;
    const export_ = new RegExp(`exports\\.([\\w$]+)=${local}\\.([\\w$]+);`, 'g');
    if (chunk.isEntry) code = withStandIns(code, export_, standIns.get(file), local);
    code = accessThrough(code, local);
  }
  code = withoutInterop(code);
  const builtins = [...code.matchAll(BUILTIN)].map(([, local]) => local);
  code = code.replace(BUILTIN, (_, local, name) => loader(local, name));
  for (const local of builtins) code = accessThrough(code, local);
  for (const [name, text] of Object.entries(RUNTIME))
    if (new RegExp(`[=;]${name}\\(`).test(code)) code += text;
  return { ...chunk, code };
}

/** Copies the small file with the bundler's own functions into the files that require it. */
function inlineRuntime(chunks) {
  const runtime = chunks.find(({ fileName }) => fileName === 'rolldown-runtime.cjs');
  if (runtime === undefined) return chunks;
  const inlined = `(()=>{const exports={};${runtime.code.trim()}return exports})()`;
  const copy = chunk => ({
    ...chunk,
    code: chunk.code.replace('require("./rolldown-runtime.cjs")', () => inlined),
  });
  return chunks.filter(chunk => chunk !== runtime).map(copy);
}

/** Puts each statement on a line of its own: Node.js prints the line of an error that nothing catches. */
function inLines(chunk) {
  const { program } = parseSync(chunk.fileName, chunk.code, { sourceType: 'script' });
  const statements = program.body.map(({ start, end }) => chunk.code.slice(start, end));
  return { ...chunk, code: statements.join('\n') };
}

/** Changes all files. Those with the given names are still loaded by the files that require them. */
export function deferLoading(chunks, eager) {
  const standIns = new Map(chunks.map(chunk => [chunk.fileName, standInsOf(chunk)]));
  const isLazy = file => !eager.includes(file);
  return inlineRuntime(chunks).map(chunk => inLines(defer(chunk, isLazy, standIns)));
}
