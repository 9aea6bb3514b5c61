// Unix datagrams. To receive an answer, the client needs an address. With `unnamed`, Linux chooses one in the abstract
// namespace, which leaves nothing in the file system.
//
// node build/examples/unix-datagram-client.js [path]
import { AF_UNIX, formatAddress, SOCK_DGRAM, Socket } from 'berkeley';

const path = process.argv[2] ?? '/tmp/berkeley-datagram.sock';

using socket = new Socket(AF_UNIX, SOCK_DGRAM);
socket.bind({ unnamed: true });
console.log(`Sending from ${formatAddress(socket.getsockname())}`);
await socket.connect({ path });
await socket.send('Hello, neighbour');
console.log(`Received ${await socket.recv(65536, { timeout: 5000 })}`);
