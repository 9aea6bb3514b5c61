import { join } from 'node:path';
import { compare } from '../compare.js';
import { folder } from '../folder.js';

let count = 0;

/** The cost of a message if each can have a different sender. */
export const unixDatagram = compare({
  name: 'unix-datagram',
  title: 'Unix datagram ping-pong, 64 bytes',
  server: 'unix-echo',
  argument: () => join(folder, `socket-${count++}`),
  task: ['unix-ping-pong', 64],
  reference: { name: 'C blocking', language: 'c' },
  contestants: [
    { name: 'Node-API, bare calls', language: 'addon' },
    { name: 'Python blocking', language: 'python' },
    { name: 'unix-dgram', language: 'node', program: 'unix-dgram', needs: 'unix-dgram' },
    { name: 'node-unix-socket', language: 'node', program: 'node-unix-socket', needs: 'node-unix-socket' },
    { name: 'berkeley Sync', language: 'berkeley', way: 'sync', targets: [{ figure: 'cpu', atMost: 1.15 }] },
    {
      name: 'berkeley promises',
      language: 'berkeley',
      way: 'into',
      targets: [{ figure: 'cpu', atMost: 0.8, of: 'unix-dgram' }],
    },
  ],
});
