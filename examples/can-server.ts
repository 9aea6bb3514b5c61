// CAN frames: receives one, sends it back, and sends another one.
//
// It needs a CAN interface, which can be virtual: modprobe vcan; ip link add vcan0 type vcan; ip link set vcan0 up.
//
// node build/examples/can-server.js [interface]
import { AF_CAN, CAN_RAW, packCanFrame, parseCanFrame, SOCK_RAW, Socket, SocketError } from 'berkeley';
import { CAN_MTU } from 'berkeley/constants';

using socket = new Socket(AF_CAN, SOCK_RAW, CAN_RAW);
socket.bind({ interface: process.argv[2] ?? 'vcan0' });
console.log(`Listening on ${socket.getsockname().interface}`);

async function send(frame: Buffer): Promise<void> {
  try {
    await socket.send(frame);
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    console.log(`Error sending CAN frame: ${error.message}`);
  }
}

for await (const { data: bytes } of socket.datagrams({ size: CAN_MTU })) {
  const { id, data } = parseCanFrame(bytes);
  console.log(`Received: can_id=${id.toString(16)}, can_dlc=${data.length}, data=${data.toString('hex')}`);
  await send(bytes);
  await send(packCanFrame({ id: 0x01, data: Buffer.of(1, 2, 3) }));
  break; // one is enough
}
