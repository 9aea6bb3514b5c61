// Echo server, IPv4 or IPv6: listens on the first address of this machine that works.
//
// node build/examples/any-address-server.js [port]
import {
  AF_UNSPEC,
  AI_PASSIVE,
  formatAddress,
  getaddrinfo,
  type InternetSocket,
  SOCK_STREAM,
  Socket,
  SocketError,
} from 'berkeley';

const HOST = null; // every interface
const PORT = Number(process.argv[2] ?? 50007); // 0 lets the kernel choose

async function listen(): Promise<InternetSocket | undefined> {
  const hints = { family: AF_UNSPEC, type: SOCK_STREAM, flags: AI_PASSIVE };
  for (const { family, type, protocol, address } of await getaddrinfo(HOST, PORT, hints)) {
    let socket: InternetSocket | undefined;
    try {
      socket = new Socket(family, type, protocol);
      socket.bind(address);
      socket.listen(1);
      return socket;
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      socket?.close();
    }
  }
  return undefined;
}

using server = await listen();
if (server === undefined) throw new Error('could not open a socket');
console.log(`Listening on port ${server.getsockname().port}`);

const { socket, address } = await server.accept();
using connection = socket;
console.log('Connected by', address && formatAddress(address));
for await (const data of connection.chunks()) await connection.sendAll(data);
