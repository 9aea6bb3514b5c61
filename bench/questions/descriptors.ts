import { join } from 'node:path';
import { compare } from '../compare.js';
import { folder } from '../folder.js';

let count = 0;

/** The cost of passing a file descriptor. Node.js does not support this between unrelated processes. */
export const descriptors = compare({
  name: 'descriptors',
  title: 'Unix datagram ping-pong with a file descriptor',
  server: 'descriptors',
  argument: () => join(folder, `descriptors-${count++}`),
  task: ['descriptors'],
  reference: { name: 'C blocking', language: 'c' },
  contestants: [
    { name: 'Python blocking', language: 'python' },
    { name: 'berkeley Sync', language: 'berkeley', way: 'sync' },
    { name: 'berkeley promises', language: 'berkeley', way: 'promises' },
  ],
});
