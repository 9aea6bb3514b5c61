// Network sniffer: watches the loopback interface for one datagram, and prints what went over the wire.
//
// This is the Linux counterpart of SIO_RCVALL, which is for Windows. It needs root (CAP_NET_RAW).
//
//   node build/examples/packet-sniffer.js [port]
import {
  AF_INET,
  AF_PACKET,
  ETH_P_IP,
  formatAddress,
  IPPROTO_UDP,
  if_nametoindex,
  inet_ntoa,
  PACKET_ADD_MEMBERSHIP,
  PACKET_MR_PROMISC,
  SOCK_DGRAM,
  SOL_PACKET,
  Socket,
} from 'berkeley';

const INTERFACE = 'lo';
const PORT = Number(process.argv[2] ?? 50007); // 0: the kernel chooses

// Something to watch.
using target = new Socket(AF_INET, SOCK_DGRAM);
target.bind({ host: '127.0.0.1', port: PORT });
const { port } = target.getsockname();

// SOCK_DGRAM gives packets from their IP header on; with SOCK_RAW the header of the Ethernet frame stands before it.
using sniffer = new Socket(AF_PACKET, SOCK_DGRAM);
sniffer.bind({ interface: INTERFACE, protocol: ETH_P_IP });

// What is for other machines too, for as long as the socket is open: struct packet_mreq, packet(7).
const membership = Buffer.alloc(16);
membership.set(new Uint8Array(Int32Array.of(if_nametoindex(INTERFACE)).buffer), 0);
membership.set(new Uint8Array(Uint16Array.of(PACKET_MR_PROMISC).buffer), 4);
sniffer.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, membership);
console.log(`Listening on port ${port}`);

for await (const { data: packet } of sniffer.datagrams()) {
  const header = (packet[0]! & 0x0f) * 4; // its length, RFC 791
  if (packet[9] !== IPPROTO_UDP || packet.readUInt16BE(header + 2) !== port) continue;
  const [source, destination] = [packet.subarray(12, 16), packet.subarray(16, 20)].map(inet_ntoa);
  const text = packet.toString('utf8', header + 8);
  console.log(`Sniffed on ${INTERFACE}: ${packet.length} bytes, ${source} to ${destination}: ${text}`);
  break;
}

const { data, address } = await target.recvfrom(1024);
if (address === null) throw new Error('a datagram has a sender');
console.log(`Received ${data} from ${formatAddress(address)}`);
await target.sendto(data.toString().toUpperCase(), address);
