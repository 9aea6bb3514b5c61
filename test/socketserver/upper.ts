/** The module of the threads of the tests: the first word of a request tells the handler what to do. */
import { threadId } from 'node:worker_threads';
import type { Socket } from 'berkeley';
import { type DatagramRequest, handleRequests, type ServerFamily } from 'berkeley/socketserver';

type Request = Socket<ServerFamily> | DatagramRequest;

const isDatagram = (request: Request): request is DatagramRequest => 'data' in request;

async function read(request: Request): Promise<string> {
  if (isDatagram(request)) return String(request.data);
  using file = request.makefile('r');
  return (await file.readline()).trimEnd();
}

async function reply(request: Request, client: unknown, text: string): Promise<void> {
  if (isDatagram(request)) await request.socket.sendto(text, client as never);
  else await request.sendAll(text);
}

handleRequests<ServerFamily, Request>(async (request, client, server) => {
  const text = await read(request);
  switch (text) {
    case 'throw':
      throw Object.assign(new RangeError('as asked'), { code: 'ERR_ASKED' });
    case 'throw a string':
      throw 'a string';
    case 'exit':
      return process.exit(3);
    case 'crash':
      setImmediate(() => {
        throw new Error('the thread crashed');
      });
      return new Promise(() => {});
    case 'wait':
      await reply(request, client, 'waiting');
      return new Promise(() => {});
    case 'thread':
      return reply(request, client, `${threadId}`);
    case 'shutdown':
      await server.shutdown();
      return reply(request, client, `shut down ${server.serverAddress.family}`);
    default:
      return reply(request, client, text.toUpperCase());
  }
});
