/**
 * on-the-way.test.ts runs this program on a machine behind a router. It prints the results of datagrams to an
 * address as JSON.
 */
import { AF_INET, IPPROTO_IP, SOCK_DGRAM, Socket, SocketError } from 'berkeley';
import { IP_MTU_DISCOVER, IP_PMTUDISC_DO, IP_RECVERR } from 'berkeley/constants';
import { ttl } from 'berkeley/control';

const address = { host: process.argv[2]!, port: 33434 };
using socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(IPPROTO_IP, IP_RECVERR, 1);
socket.setsockopt(IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DO);

async function send(size: number, hops: number) {
  const data = Buffer.alloc(size, 'x');
  const told = await socket.sendmsg({ data, address, control: [ttl(hops)] }).catch((error: unknown) => {
    if (error instanceof SocketError) return error.code;
    throw error;
  });
  const { code, origin, type, subtype, info, offender, destination, packet } = await socket.recvError({
    timeout: 5000,
  });
  console.log(
    JSON.stringify({ told, code, origin, type, subtype, info, offender, destination, packet: packet.length }),
  );
}

await send(10, 1);
await send(4000, 64);
await send(1400, 64);
