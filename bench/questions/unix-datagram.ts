import { join } from 'node:path';
import { compare } from '../compare.js';
import { folder } from '../compile.js';

let count = 0;

/** What one message costs when every one may come from someone else. */
export const unixDatagram = compare({
  name: 'unix-datagram',
  title: 'Unix datagram ping-pong, 64 bytes',
  server: 'unix-echo',
  argument: () => join(folder, `socket-${count++}`),
  task: ['unix-ping-pong', 64],
  reference: { name: 'C blocking', language: 'c' },
  contestants: [
    { name: 'Python blocking', language: 'python' },
    { name: 'berkeley Sync', language: 'berkeley', way: 'sync', target: 'rate >= 0.85' },
    { name: 'berkeley promises', language: 'berkeley', way: 'into' },
  ],
});
