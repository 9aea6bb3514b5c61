// Receives one message into three buffers, the second of which is a part of a larger one.
//
// node build/examples/recvmsg-into.js
import { socketpair } from 'berkeley';

const [s1, s2] = socketpair();
using _1 = s1;
using _2 = s2;

const b1 = Buffer.from('----');
const b2 = Buffer.from('0123456789');
const b3 = Buffer.from('--------------');
console.log(await s1.send('Mary had a little lamb'));
const { bytesRead, control, flags, address } = await s2.recvmsgInto([b1, b2.subarray(2, 9), b3]);
console.log(bytesRead, control, flags, address);
console.log([b1, b2, b3].map(String));
