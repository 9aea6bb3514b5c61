// Network sniffer: prints a datagram for another socket, as it was transmitted.
//
// A raw socket receives a copy of every packet of its protocol for its address, from the IP header on. An AF_PACKET
// socket also receives packets for other machines and of other protocols. Both need root (CAP_NET_RAW).
//
// node build/examples/raw-sniffer.js [port [host]]
import { AF_INET, formatAddress, IPPROTO_UDP, inet_ntoa, SOCK_DGRAM, SOCK_RAW, Socket } from 'berkeley';

const PORT = Number(process.argv[2] ?? 50007); // 0 lets the kernel choose
const HOST = process.argv[3] ?? '127.0.0.1';

// The socket whose datagram is sniffed.
using target = new Socket(AF_INET, SOCK_DGRAM);
target.bind({ host: HOST, port: PORT });
const { port } = target.getsockname();

using sniffer = new Socket(AF_INET, SOCK_RAW, IPPROTO_UDP);
sniffer.bind({ host: HOST });
console.log(`Listening on port ${port}`);

for await (const { data: packet } of sniffer.datagrams()) {
  const header = (packet[0]! & 0x0f) * 4; // the header's length, RFC 791
  if (packet.readUInt16BE(header + 2) !== port) continue;
  const [source, destination] = [packet.subarray(12, 16), packet.subarray(16, 20)].map(inet_ntoa);
  const text = packet.toString('utf8', header + 8);
  console.log(`Sniffed ${packet.length} bytes from ${source} to ${destination}: ${text}`);
  break;
}

const { data, address } = await target.recvfrom(1024);
if (address === null) throw new Error('a datagram has a sender');
console.log(`Received ${data} from ${formatAddress(address)}`);
await target.sendto(data.toString().toUpperCase(), address);
