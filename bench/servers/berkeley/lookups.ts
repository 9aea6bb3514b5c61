/** Looks a name up while files are read. Its argument is the file. */
import { getaddrinfo } from 'berkeley';
import { printLookups } from '../reading.js';

await printLookups(() => getaddrinfo('localhost', 80));
process.exit();
