/** Sends the requested number of datagrams with Deno.listenDatagram to the sender of the request. */
import { announce } from '../announce.js';
import { deno } from './deno.js';

const server = deno.listenDatagram({ hostname: '127.0.0.1', port: 0, transport: 'udp' });
announce(server.addr.port);
const order = new Int32Array(2);
const bytes = new Uint8Array(order.buffer);
for (;;) {
  const [, sender] = await server.receive(bytes);
  const data = new Uint8Array(order[1]!);
  for (let left = order[0]!; left > 0; left--) await server.send(data, sender);
}
