import { compare } from '../compare.js';

/** The cost of a connection that is closed at once. */
export const accept = compare({
  name: 'accept',
  title: 'TCP accept and close, 8 connections at a time',
  server: 'accept',
  task: ['churn', 8],
  reference: { name: 'C blocking', language: 'c', way: 'blocking' },
  contestants: [
    { name: 'C epoll', language: 'c', way: 'epoll' },
    { name: 'Python blocking', language: 'python' },
    { name: 'node:net', language: 'node' },
    {
      name: 'berkeley acceptSync',
      language: 'berkeley',
      way: 'sync',
      targets: [{ figure: 'overhead', atMost: 0.1 }],
    },
    {
      name: 'berkeley accept',
      language: 'berkeley',
      way: 'accept',
      targets: [{ figure: 'overhead', atMost: 0.4 }],
    },
    {
      name: 'berkeley connections()',
      language: 'berkeley',
      way: 'connections',
      targets: [{ figure: 'overhead', atMost: 0.4 }],
    },
    {
      name: 'berkeley/net',
      language: 'berkeley',
      program: 'net',
      way: 'accept',
      targets: [{ figure: 'overhead', atMost: 1 }],
    },
  ],
});
