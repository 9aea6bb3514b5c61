// UDP datagrams: answers one datagram, in upper case.
//
// node build/examples/udp-server.js [port]
import { AF_INET, formatAddress, SOCK_DGRAM, Socket } from 'berkeley';

const PORT = Number(process.argv[2] ?? 50007); // 0 lets the kernel choose

using socket = new Socket(AF_INET, SOCK_DGRAM);
socket.bind({ host: '127.0.0.1', port: PORT });
console.log(`Listening on port ${socket.getsockname().port}`);

for await (const { data, address } of socket.datagrams()) {
  if (address === null) continue;
  console.log(`Received ${data} from ${formatAddress(address)}`);
  await socket.sendto(data.toString().toUpperCase(), address);
  break; // one is enough
}
