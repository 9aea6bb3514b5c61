// ISO-TP: an engine control unit that answers requests for the vehicle identification number (UDS, ISO 14229), in
// several frames.
//
// node build/examples/can-isotp-server.js [interface]
import { AF_CAN, CAN_ISOTP, SOCK_DGRAM, Socket } from 'berkeley';

using socket = new Socket(AF_CAN, SOCK_DGRAM, CAN_ISOTP);
socket.bind({ interface: process.argv[2] ?? 'vcan0', rxId: 0x7e0, txId: 0x7e8 });
console.log(`Listening on ${socket.getsockname().interface}`);

const request = await socket.recv(4095);
console.log(`Received ${request.toString('hex')}`);
if (request.equals(Buffer.of(0x22, 0xf1, 0x90)))
  await socket.send(Buffer.concat([Buffer.of(0x62, 0xf1, 0x90), Buffer.from('WVWZZZ1JZXW000001')]));
else await socket.send(Buffer.of(0x7f, request[0] ?? 0, 0x11)); // service not supported
