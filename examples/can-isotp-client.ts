// ISO-TP: requests the vehicle identification number from an engine control unit (UDS, ISO 14229).
//
// node build/examples/can-isotp-client.js [interface]
import { AF_CAN, CAN_ISOTP, SOCK_DGRAM, Socket } from 'berkeley';

using socket = new Socket(AF_CAN, SOCK_DGRAM, CAN_ISOTP);
socket.bind({ interface: process.argv[2] ?? 'vcan0', rxId: 0x7e8, txId: 0x7e0 });
await socket.send(Buffer.of(0x22, 0xf1, 0x90)); // ReadDataByIdentifier, VIN
const answer = await socket.recv(4095, { timeout: 5000 });
console.log(answer[0] === 0x62 ? `Received ${answer.subarray(3)}` : `Refused: ${answer.toString('hex')}`);
