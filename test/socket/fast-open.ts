/**
 * Sends with MSG_FASTOPEN twice, because the first peer has not given us a cookie yet. destinations.test.ts
 * runs this program.
 */
import { createServer, Socket } from 'berkeley';
import { MSG_FASTOPEN } from 'berkeley/constants';
import { tcp } from 'berkeley/options';

type Send = (socket: Socket, address: { readonly host: string; readonly port: number }) => unknown;

const sends: Readonly<Record<string, Send>> = {
  sendto: (socket, address) => socket.sendto('early', address, MSG_FASTOPEN),
  sendtoSync: (socket, address) => socket.sendtoSync('early', address, MSG_FASTOPEN),
  'sendtoSync with a limit': (socket, address) =>
    socket.sendtoSync('early', address, { flags: MSG_FASTOPEN, timeout: 5000 }),
  sendmsg: (socket, address) => socket.sendmsg({ data: 'early', address }, MSG_FASTOPEN),
};

const server = createServer({ host: '127.0.0.1', port: 0 });
server.setOption(tcp.fastopen, 16);
for (let i = 0; i < 2; i++) {
  const socket = new Socket();
  const sent = await sends[process.argv[2]!]!(socket, server.getsockname());
  const { socket: peer } = await server.accept({ timeout: 5000 });
  console.log(`${sent} ${await peer.recv(9, { timeout: 5000 })}`);
  peer.close();
  socket.close();
}
server.close();
