// Echo server, IPv4, blocking: the same as tcp-echo-server.ts without promises.
//
// node build/examples/tcp-echo-server-sync.js [port]
import { AF_INET, SOCK_STREAM, Socket } from 'berkeley';

const HOST = ''; // every interface
const PORT = Number(process.argv[2] ?? 50007); // 0 lets the kernel choose

using server = new Socket(AF_INET, SOCK_STREAM);
server.bind({ host: HOST, port: PORT });
server.listen(1);
console.log(`Listening on port ${server.getsockname().port}`);

const { socket, address } = server.acceptSync();
using connection = socket;
console.log('Connected by', address);
for (;;) {
  const data = connection.recvSync(1024);
  if (data.length === 0) break; // the client has finished sending
  connection.sendAllSync(data);
}
