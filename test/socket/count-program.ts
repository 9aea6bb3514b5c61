/** Ends with status 0 if the first stream of libuv opens no descriptor that warmUp() has not opened. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { countDescriptors, warmUp } from '../support/descriptors.js';

await warmUp();
const before = countDescriptors();
const server = createServer().listen(0);
await once(server, 'listening');
server.close();
await once(server, 'close');
process.exitCode = countDescriptors() === before ? 0 : 1;
