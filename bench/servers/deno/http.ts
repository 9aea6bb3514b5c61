/** Answers HTTP requests with Deno.serve. */
import { announce } from '../announce.js';
import { deno } from './deno.js';

deno.serve(
  { hostname: '127.0.0.1', port: 0, onListen: ({ port }) => announce(port) },
  () => new Response('Hello, world'),
);
