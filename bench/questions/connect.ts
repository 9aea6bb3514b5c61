import { compare } from '../compare.js';

/** The cost of opening and closing a connection. */
export const connect = compare({
  name: 'connect',
  title: 'TCP connect and close, one connection after the other',
  server: 'connect',
  task: ['visits', 32],
  reference: { name: 'C blocking', language: 'c' },
  contestants: [
    { name: 'Python blocking', language: 'python' },
    { name: 'node:net', language: 'node' },
    { name: 'berkeley connectSync', language: 'berkeley', way: 'sync' },
    { name: 'berkeley connect', language: 'berkeley', way: 'promises' },
  ],
});
