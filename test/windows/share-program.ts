/**
 * Opens a socket that another process has shared: reads the bytes of `share()` from a file, and answers what
 * it receives. Then it shares the socket back, if the process and a file for the bytes are given.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fromshare } from 'berkeley';

using socket = fromshare<'inet'>(readFileSync(process.argv[2]!));
const question = await socket.recv(100, { timeout: 10_000 });
await socket.sendAll(`${question} answered by ${socket.getpeername().port}`);
const [, , , pid, back] = process.argv;
if (pid !== undefined && back !== undefined) {
  writeFileSync(`${back}.new`, socket.share(Number(pid)));
  renameSync(`${back}.new`, back);
  await socket.recv(100, { timeout: 30_000 }); // until the other process has opened it
}
