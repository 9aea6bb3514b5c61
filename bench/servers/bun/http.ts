/** Answers HTTP requests with Bun.serve. */
import { announce } from '../announce.js';
import { bun } from './bun.js';

const server = bun.serve({ hostname: '127.0.0.1', port: 0, fetch: () => new Response('Hello, world') });
announce(server.port);
