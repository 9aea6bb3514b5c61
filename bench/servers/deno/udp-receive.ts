/** Receives datagrams with Deno.listenDatagram, and answers those that begin with '!'. */
import { announce } from '../announce.js';
import { deno } from './deno.js';

const MARK = '!'.charCodeAt(0);
const OK = new TextEncoder().encode('ok');

const server = deno.listenDatagram({ hostname: '127.0.0.1', port: 0, transport: 'udp' });
announce(server.addr.port);
const buffer = new Uint8Array(65536);
for (;;) {
  const [data, sender] = await server.receive(buffer);
  if (data[0] === MARK) await server.send(OK, sender);
}
