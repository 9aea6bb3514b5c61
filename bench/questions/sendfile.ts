import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from '../compare.js';
import { folder } from '../folder.js';

const SIZE = 4 << 20;

/** The file that is sent. */
function file(): string {
  const path = join(folder, 'file');
  writeFileSync(path, new Uint8Array(SIZE));
  return path;
}

/** The cost of sending a KiB of a file. */
export const sendfile = compare({
  name: 'sendfile',
  title: 'A file of 4 MiB over TCP; a message is a KiB',
  server: 'sendfile',
  argument: file,
  task: ['drain'],
  reference: { name: 'C sendfile', language: 'c' },
  contestants: [
    { name: 'Python sendfile', language: 'python' },
    { name: 'node:fs to node:net', language: 'node' },
    { name: 'berkeley sendfileSync', language: 'berkeley', way: 'sync' },
    { name: 'berkeley sendfile', language: 'berkeley', way: 'promises' },
  ],
});
