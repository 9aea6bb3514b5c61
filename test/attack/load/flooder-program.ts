/** Floods a port until it ends: with datagrams (`udp`) or a stream (`tcp`). The arguments are the transport and the port. */
import {
  AF_INET,
  ConnectionRefusedError,
  createConnectionSync,
  MessageBatch,
  SOCK_DGRAM,
  Socket,
} from 'berkeley';

const [, , transport, port] = process.argv;
const address = { host: '127.0.0.1', port: Number(port) };

function floodDatagrams(): never {
  const socket = new Socket(AF_INET, SOCK_DGRAM);
  socket.connectSync(address);
  const batch = new MessageBatch({ count: 64, size: 64 });
  while (batch.length < 64) batch.push(Buffer.alloc(64));
  for (;;) {
    try {
      socket.sendmmsgSync(batch);
    } catch (error) {
      if (!(error instanceof ConnectionRefusedError)) throw error;
      process.exit(); // the receiver has ended
    }
  }
}

function floodStream(): never {
  const socket = createConnectionSync(address);
  const data = Buffer.alloc(2 ** 20);
  for (;;) socket.sendAllSync(data);
}

if (transport === 'udp') floodDatagrams();
floodStream();
