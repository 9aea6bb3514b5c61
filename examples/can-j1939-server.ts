// J1939: claims an address for a NAME, receives a message, and answers it.
//
// node build/examples/can-j1939-server.js [interface]
import { setTimeout as delay } from 'node:timers/promises';
import {
  AF_CAN,
  CAN_J1939,
  J1939_NO_ADDR,
  J1939_PGN_ADDRESS_CLAIMED,
  J1939_PGN_MAX,
  packJ1939Claim,
  packJ1939Name,
  SOCK_DGRAM,
  Socket,
} from 'berkeley';
import { canJ1939, so } from 'berkeley/options';

const name = packJ1939Name({ identityNumber: 1, manufacturerCode: 0x7ff, function: 0xff });

using socket = new Socket(AF_CAN, SOCK_DGRAM, CAN_J1939);
socket.setOption(so.broadcast, true);
socket.setOption(canJ1939.filter, [{ pgn: 0x12300, pgnMask: J1939_PGN_MAX }]);
socket.bind({ interface: process.argv[2] ?? 'vcan0', name, address: 0x80 });
const everyone = { interface: '', pgn: J1939_PGN_ADDRESS_CLAIMED, address: J1939_NO_ADDR };
await socket.sendto(packJ1939Claim(name), everyone);
await delay(300); // another node can contest the claim for 250 ms
console.log(`Listening on ${socket.getsockname().interface}`);

const { data, address } = await socket.recvfrom(1785);
if (address === null || !('pgn' in address)) throw new Error('no J1939 address');
console.log(`Received ${data} from ${address.address.toString(16)}`);
await socket.sendto(data.toString().toUpperCase(), address);
