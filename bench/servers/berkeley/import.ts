/** Imports an entry point of this package. Its argument is the specifier. */
import { measureImport } from '../importing.js';

await measureImport(() => import(process.argv[2]!));
