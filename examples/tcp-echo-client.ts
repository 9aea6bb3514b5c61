// Echo client, IPv4: sends a greeting and prints the answer.
//
// node build/examples/tcp-echo-client.js [host [port]]
import { AF_INET, SOCK_STREAM, Socket } from 'berkeley';

const HOST = process.argv[2] ?? 'localhost';
const PORT = Number(process.argv[3] ?? 50007);

using socket = new Socket(AF_INET, SOCK_STREAM);
await socket.connect({ host: HOST, port: PORT });
await socket.sendAll('Hello, world');
const data = await socket.recv(1024);
console.log(`Received ${data}`);
