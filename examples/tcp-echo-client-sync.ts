// Echo client, IPv4, blocking: says hello, prints the answer, and waits no longer than five seconds for it.
//
//   node build/examples/tcp-echo-client-sync.js [host [port]]
import { AF_INET, SOCK_STREAM, Socket } from 'berkeley';

const HOST = process.argv[2] ?? 'localhost';
const PORT = Number(process.argv[3] ?? 50007);

using socket = new Socket(AF_INET, SOCK_STREAM);
socket.timeout = 5000; // milliseconds; null, for ever, when it is not set
socket.connectSync({ host: HOST, port: PORT });
socket.sendAllSync('Hello, world');
const data = socket.recvSync(1024);
console.log(`Received ${data}`);
