// Unix datagrams, blocking: answers one.
//
// node build/examples/unix-datagram-server.js [path]
import { unlinkSync } from 'node:fs';
import { AF_UNIX, formatAddress, SOCK_DGRAM, Socket } from 'berkeley';

const path = process.argv[2] ?? '/tmp/berkeley-datagram.sock';

using socket = new Socket(AF_UNIX, SOCK_DGRAM);
socket.bind({ path });
console.log(`Listening on ${path}`);
try {
  const { data, address } = socket.recvfromSync(65536);
  if (address === null) throw new Error('the sender has no address to answer to');
  console.log(`Received ${data} from ${formatAddress(address)}`);
  socket.sendtoSync(data, address);
} finally {
  unlinkSync(path); // closing the socket does not remove the path
}
