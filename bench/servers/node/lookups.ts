/** Looks a name up with node:dns while files are read. Its argument is the file. */
import { lookup } from 'node:dns/promises';
import { printLookups } from '../reading.js';

await printLookups(() => lookup('localhost'));
process.exit();
