import { compare } from '../compare.js';
import { onRuntimes } from './runtimes.js';

const CLOSES = 'node:http of Deno closes connections that are passed to it, also those of node:net';

/** The cost of Node's HTTP server over our streams. */
export const http = compare({
  name: 'http',
  title: 'HTTP requests, 64 connections that are kept open',
  server: 'http',
  task: ['http', 64],
  columns: ['p50', 'p99'],
  cost: 4, // the JIT compiler has all of node:http to compile, for the reference too
  reference: { name: 'node:http on node:net', language: 'node' },
  contestants: [
    {
      name: 'berkeley toDuplex()',
      language: 'berkeley',
      targets: [{ figure: 'rate', atLeast: 1 }],
    },
    {
      name: 'berkeley/net',
      language: 'berkeley',
      program: 'net',
      way: 'http',
      targets: [{ figure: 'rate', atLeast: 1 }],
    },
    ...onRuntimes({
      own: { bun: 'Bun.serve', deno: 'Deno.serve' },
      node: 'node:http',
      ours: { '': 'toDuplex()' },
      absent: { deno: CLOSES },
    }),
  ],
});
