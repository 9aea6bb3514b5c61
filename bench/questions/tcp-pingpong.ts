import { compare } from '../compare.js';
import { onRuntimes } from './runtimes.js';

/** The cost of a message if no other message shares its turn of the event loop. */
export const tcpPingpong = compare({
  name: 'tcp-pingpong',
  title: 'TCP ping-pong, 64 bytes, 1 connection',
  server: 'tcp-echo',
  task: ['ping-pong', 64],
  reference: { name: 'C blocking', language: 'c', way: 'blocking' },
  columns: ['p50', 'p99'],
  contestants: [
    { name: 'C epoll', language: 'c', way: 'epoll' },
    { name: 'Node-API, bare calls', language: 'addon' },
    { name: 'Python blocking', language: 'python', way: 'blocking' },
    { name: 'node:net', language: 'node' },
    {
      name: 'berkeley Sync',
      language: 'berkeley',
      way: 'sync',
      targets: [{ figure: 'overhead', atMost: 0.05 }],
    },
    {
      name: 'berkeley promises',
      language: 'berkeley',
      way: 'into',
      targets: [
        { figure: 'overhead', atMost: 0.75 },
        { figure: 'p50', atMost: 1, of: 'node:net' },
      ],
    },
    {
      name: 'berkeley/net',
      language: 'berkeley',
      program: 'net',
      way: 'echo',
      targets: [{ figure: 'overhead', atMost: 1 }],
    },
    ...onRuntimes({
      own: { bun: 'Bun.listen', deno: 'Deno.listen' },
      node: 'node:net',
      ours: { sync: 'Sync', into: 'promises' },
    }),
  ],
});
