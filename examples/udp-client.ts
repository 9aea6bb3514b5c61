// UDP datagrams: sends one, and waits for the answer. A datagram can be lost, so the call has a timeout.
//
// node build/examples/udp-client.js [host [port]]
import { AF_INET, SOCK_DGRAM, Socket } from 'berkeley';

const HOST = process.argv[2] ?? '127.0.0.1';
const PORT = Number(process.argv[3] ?? 50007);

using socket = new Socket(AF_INET, SOCK_DGRAM);
await socket.sendto('Hello, world', { host: HOST, port: PORT });
const { data } = await socket.recvfrom(65536, { timeout: 5000 });
console.log(`Received ${data}`);
