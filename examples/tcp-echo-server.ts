// Echo server, IPv4: sends back everything that one client sends, until the client closes.
//
// node build/examples/tcp-echo-server.js [port]
import { AF_INET, SOCK_STREAM, Socket } from 'berkeley';

const HOST = ''; // every interface
const PORT = Number(process.argv[2] ?? 50007); // 0 lets the kernel choose

using server = new Socket(AF_INET, SOCK_STREAM);
server.bind({ host: HOST, port: PORT });
server.listen(1);
console.log(`Listening on port ${server.getsockname().port}`);

const { socket, address } = await server.accept();
using connection = socket;
console.log('Connected by', address);
for await (const data of connection.chunks()) await connection.sendAll(data);
