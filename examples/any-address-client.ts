// Echo client, IPv4 or IPv6: tries each address of the host until one works.
//
// `createConnection({ host, port })` does this for you, and tries the next address in parallel if one does not answer.
//
// node build/examples/any-address-client.js [host [port]]
import {
  AF_UNSPEC,
  formatAddress,
  getaddrinfo,
  type InternetSocket,
  SOCK_STREAM,
  Socket,
  SocketError,
} from 'berkeley';

const HOST = process.argv[2] ?? 'localhost';
const PORT = Number(process.argv[3] ?? 50007);

async function connect(): Promise<InternetSocket | undefined> {
  const found = await getaddrinfo(HOST, PORT, { family: AF_UNSPEC, type: SOCK_STREAM });
  for (const { family, type, protocol, address } of found) {
    let socket: InternetSocket | undefined;
    try {
      socket = new Socket(family, type, protocol);
      await socket.connect(address);
      console.log(`Connected to ${formatAddress(address)}`);
      return socket;
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      console.log(`Not to ${formatAddress(address)}: ${error.code}`);
      socket?.close();
    }
  }
  return undefined;
}

using socket = await connect();
if (socket === undefined) throw new Error('could not open a socket');
await socket.sendAll('Hello, world');
const data = await socket.recv(1024);
console.log(`Received ${data}`);
