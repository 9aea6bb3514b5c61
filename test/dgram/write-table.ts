/** Writes the table of all statements to docs/dgram.md. */
import { writePage } from './table.js';

writePage();
