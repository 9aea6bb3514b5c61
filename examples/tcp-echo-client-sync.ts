// Echo client, IPv4, blocking: sends a greeting and prints the answer, for which it waits at most five seconds.
//
// node build/examples/tcp-echo-client-sync.js [host [port]]
import { AF_INET, SOCK_STREAM, Socket } from 'berkeley';

const HOST = process.argv[2] ?? 'localhost';
const PORT = Number(process.argv[3] ?? 50007);

using socket = new Socket(AF_INET, SOCK_STREAM);
socket.timeout = 5000; // milliseconds; null, the default, waits indefinitely
socket.connectSync({ host: HOST, port: PORT });
socket.sendAllSync('Hello, world');
const data = socket.recvSync(1024);
console.log(`Received ${data}`);
