/**
 * Opens a socket that another process has shared: reads the bytes of `share()` from a file, and answers what
 * it receives.
 */
import { readFileSync } from 'node:fs';
import { fromshare } from 'berkeley';

using socket = fromshare<'inet'>(readFileSync(process.argv[2]!));
const question = await socket.recv(100, { timeout: 10_000 });
await socket.sendAll(`${question} answered by ${socket.getpeername().port}`);
