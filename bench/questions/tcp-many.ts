import { compare } from '../compare.js';
import { onRuntimes } from './runtimes.js';

/** The cost of a message if many share a turn of the event loop. */
export const tcpMany = compare({
  name: 'tcp-many',
  title: 'TCP ping-pong, 64 bytes, 64 connections',
  server: 'tcp-echo',
  task: ['many', 64, 64, 64],
  columns: ['p50', 'p99'],
  reference: { name: 'C epoll', language: 'c', way: 'epoll' },
  contestants: [
    { name: 'Python epoll', language: 'python', way: 'epoll' },
    { name: 'node:net', language: 'node' },
    {
      name: 'berkeley recvInto, sendAll',
      language: 'berkeley',
      way: 'intoAll',
      targets: [{ figure: 'overhead', atMost: 0.27 }],
    },
    {
      name: 'berkeley chunks()',
      language: 'berkeley',
      way: 'chunks',
      targets: [{ figure: 'overhead', atMost: 0.35 }],
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
      ours: { intoAll: 'recvInto, sendAll', chunks: 'chunks()' },
    }),
  ],
});
