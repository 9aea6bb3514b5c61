import { compare } from '../compare.js';

/** The cost of a message if many share a turn of the event loop. */
export const tcpMany = compare({
  name: 'tcp-many',
  title: 'TCP ping-pong, 64 bytes, 64 connections',
  server: 'tcp-echo',
  task: ['many', 64, 64, 64],
  reference: { name: 'C epoll', language: 'c', way: 'epoll' },
  contestants: [
    { name: 'Python epoll', language: 'python', way: 'epoll' },
    { name: 'node:net', language: 'node' },
    {
      name: 'berkeley recvInto, sendAll',
      language: 'berkeley',
      way: 'intoAll',
      target: { figure: 'overhead', atMost: 0.27 },
    },
    {
      name: 'berkeley chunks()',
      language: 'berkeley',
      way: 'chunks',
      target: { figure: 'overhead', atMost: 0.35 },
    },
  ],
});
