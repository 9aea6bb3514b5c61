/** A thread that receives descriptors from the addon, and closes none of them. */
import { parentPort } from 'node:worker_threads';
import { open, rights } from './instance.js';

const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const MESSAGES = 4;
const SPACE = 64;
/** The size of a row: struct bk_batch_row in native/core/platform.h. */
const ROW = 20;

const binding = open();
const words = new Int32Array(binding.memory);
binding.socketpair(AF_UNIX, SOCK_DGRAM, 0);
const [near, far] = [words[0]!, words[1]!];
const send = () => binding.sendmsg(near, [Buffer.from('x')], rights([near, far]), 0, null);

for (let i = 0; i < MESSAGES; i++) send();
for (let i = 0; i < MESSAGES; i++) binding.recvmsg(far, [Buffer.alloc(1)], new Uint8Array(SPACE), 0);

for (let i = 0; i < MESSAGES; i++) send();
const slab = (size: number) => new Uint8Array(MESSAGES * size);
const batch = [slab(1), slab(binding.batchNameSize), slab(SPACE), slab(ROW)] as const;
const received = binding.recvmmsg(far, ...batch, 1, SPACE, MESSAGES, 0);

parentPort!.postMessage(received === MESSAGES ? 'ready' : `recvmmsg returned ${received}`);
setInterval(() => {}, 1000);
