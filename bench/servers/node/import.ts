/** Loads another package, whose name is the argument. */
import { measureImport } from '../importing.js';
import { requirePackage } from '../packages.js';

await measureImport(() => {
  const Database = requirePackage(process.argv[2]!) as new (path: string) => unknown;
  return new Database(':memory:'); // it loads its addon only here
});
