// CAN frames: sends one, and prints the two that it receives.
//
// node build/examples/can-client.js [interface]
import { AF_CAN, CAN_RAW, packCanFrame, parseCanFrame, SOCK_RAW, Socket } from 'berkeley';
import { CAN_MTU } from 'berkeley/constants';

using socket = new Socket(AF_CAN, SOCK_RAW, CAN_RAW);
socket.timeout = 5000;
socket.bind({ interface: process.argv[2] ?? 'vcan0' });
socket.sendSync(packCanFrame({ id: 0x123, data: Buffer.of(0xca, 0xfe) }));
for (let i = 0; i < 2; i++) {
  const { id, data } = parseCanFrame(socket.recvSync(CAN_MTU));
  console.log(`Received can_id=${id.toString(16)}, data=${data.toString('hex')}`);
}
