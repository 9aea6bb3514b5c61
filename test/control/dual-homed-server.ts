/**
 * The server of dual-homed.test.ts, on a machine with two addresses. It prints the destination of each
 * datagram as JSON, and answers from that address.
 */
import {
  AF_INET,
  AF_INET6,
  IP_PKTINFO,
  IPPROTO_IP,
  IPPROTO_IPV6,
  IPV6_RECVPKTINFO,
  IPV6_V6ONLY,
  if_indextoname,
  SOCK_DGRAM,
  Socket,
} from 'berkeley';
import { IP_RECVFRAGSIZE, IPV6_RECVFRAGSIZE } from 'berkeley/constants';
import { fragmentSize, fragmentSize6, pktinfo, pktinfo6, spaceFor } from 'berkeley/control';

const say = (message: unknown) => console.log(JSON.stringify(message));

async function serve4(socket: Socket<'inet'>): Promise<void> {
  for (;;) {
    const { data, address, control } = await socket.recvmsg(65536, {
      control: spaceFor(pktinfo, fragmentSize),
    });
    const info = pktinfo.find(control)!;
    const { interfaceIndex, local } = info;
    say({ local, interface: if_indextoname(interfaceIndex), fragment: fragmentSize.find(control) });
    await socket.sendmsg({ data: `${data.length}`, address, control: [pktinfo(info)] });
  }
}

async function serve6(socket: Socket<'inet6'>): Promise<void> {
  for (;;) {
    const { data, address, control } = await socket.recvmsg(65536, {
      control: spaceFor(pktinfo6, fragmentSize6),
    });
    const info = pktinfo6.find(control)!;
    const { interfaceIndex, local } = info;
    say({ local, interface: if_indextoname(interfaceIndex), fragment: fragmentSize6.find(control) });
    await socket.sendmsg({ data: `${data.length}`, address, control: [pktinfo6(info)] });
  }
}

const inet = new Socket(AF_INET, SOCK_DGRAM);
inet.setsockopt(IPPROTO_IP, IP_PKTINFO, 1);
inet.setsockopt(IPPROTO_IP, IP_RECVFRAGSIZE, 1);
inet.bind({ host: '', port: 7000 });
const inet6 = new Socket(AF_INET6, SOCK_DGRAM);
inet6.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 1);
inet6.setsockopt(IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
inet6.setsockopt(IPPROTO_IPV6, IPV6_RECVFRAGSIZE, 1);
inet6.bind({ host: '', port: 7000 });
say('ready');
process.stdin.on('end', () => process.exit()).resume();
await Promise.all([serve4(inet), serve6(inet6)]);
