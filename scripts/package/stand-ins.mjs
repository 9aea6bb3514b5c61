/**
 * What an entry point exports of a file that is not loaded yet. A function becomes one of the same name and length,
 * which loads the file and calls the original. A module namespace becomes an object with the same properties, which
 * load the file when they are read. A class has no stand-in: the file is loaded when the property is read. Everything
 * else needs its file at once.
 */

/** An entry point that exports a class of this file loads it at once. It loads the addon, so an import fails if there is none. */
const NEEDED = 'core.cjs';

function forwarder(length) {
  const params = Array.from({ length }, (_, index) => `a${index}`).join(',');
  return {
    code: (exported, original) =>
      `exports.${exported}=function ${exported}(${params}){return ${original}.apply(this,arguments)};`,
    isShared: true,
  };
}

function namespace(names) {
  return {
    code: (exported, original) => `exports.${exported}=namespace("${names.join(' ')}",()=>${original});`,
    isShared: true,
    helper: 'namespace',
  };
}

const property = {
  code: (exported, original) => `define("${exported}",()=>${original});`,
  isShared: false,
  helper: 'define',
};

/** The functions that the code of stand-ins calls. */
export const helpers = {
  define:
    'function define(name,load){const property={enumerable:true,configurable:true};' +
    'Object.defineProperty(exports,name,{...property,get(){const value=load();' +
    'Object.defineProperty(exports,name,{...property,value,writable:true});return value}})}',
  namespace:
    'function namespace(names,load){const all=Object.create(null);' +
    'for(const name of names.split(" "))Object.defineProperty(all,name,{enumerable:true,get:()=>load()[name]});' +
    'Object.defineProperty(all,Symbol.toStringTag,{value:"Module"});return Object.preventExtensions(all)}',
};

/**
 * The stand-ins for exports of a file, by the name of the export. `isShared`: two names of one export are the same
 * object.
 */
export function standInsOf({ fileName, exported, functions, classes, namespaces }) {
  const standIns = new Map();
  for (const { name, value } of exported) {
    const local = value.name;
    if (functions.has(local)) standIns.set(name, forwarder(functions.get(local)));
    else if (namespaces.has(local)) standIns.set(name, namespace(namespaces.get(local)));
    else if (classes.has(local) && fileName !== NEEDED) standIns.set(name, property);
  }
  return standIns;
}
