// J1939: sends a message to an address, and prints the answer.
//
// node build/examples/can-j1939-client.js [interface]
import { AF_CAN, CAN_J1939, SOCK_DGRAM, Socket } from 'berkeley';

const networkInterface = process.argv[2] ?? 'vcan0';

using socket = new Socket(AF_CAN, SOCK_DGRAM, CAN_J1939);
socket.bind({ interface: networkInterface, address: 0x81 });
await socket.sendto('Hello, world', { interface: networkInterface, pgn: 0x12300, address: 0x80 });
console.log(`Received ${await socket.recv(1785, { timeout: 5000 })}`);
