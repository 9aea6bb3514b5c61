// The code of the table of constants in the bundle: see constants.mjs. `TABLE` has the text of the rows by
// module.
import { constant } from '#constant';

const names = Object.create(null);

/** Reads the rows of a module, once. */
function read(module) {
  if (names[module] === undefined) {
    names[module] = Object.create(null);
    readInto(names[module], TABLE[module]);
  }
  return names[module];
}

/** Reads rows into an object. The table is long, so this creates no arrays and no pairs. */
function readInto(object, rows) {
  for (const row of rows.split('\n')) {
    const [name, linux, win32, darwin, freebsd] = row.split(' ');
    object[name] = linux?.startsWith("'")
      ? linux.slice(1)
      : constant(name, number(linux), number(win32), number(darwin), number(freebsd));
  }
}

function number(column) {
  return column ? Number(column) : null;
}

/** The constants of a module as an object that reads them on first use. */
export function namespaceOf(module) {
  return new Proxy(Object.create(null), {
    get: (_, name) => read(module)[name],
    has: (_, name) => name in read(module),
    ownKeys: () => Reflect.ownKeys(read(module)),
    getOwnPropertyDescriptor: (_, name) => Reflect.getOwnPropertyDescriptor(read(module), name),
  });
}

/** Adds constants to the exports of an entry point: those of all modules, or the given rows. */
export function exportTo(exports, rows) {
  if (rows !== undefined) readInto(exports, rows);
  else for (const module of Object.keys(TABLE)) readInto(exports, TABLE[module]);
}
