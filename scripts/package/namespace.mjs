// The code of `namespaceOf` in the bundle: see constants.mjs.
import { read } from '#table';

/** The constants of a module as an object that reads them on first use. */
export function namespaceOf(module) {
  return new Proxy(Object.create(null), {
    get: (_, name) => read(module)[name],
    has: (_, name) => name in read(module),
    ownKeys: () => Reflect.ownKeys(read(module)),
    getOwnPropertyDescriptor: (_, name) => Reflect.getOwnPropertyDescriptor(read(module), name),
  });
}
