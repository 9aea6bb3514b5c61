/**
 * fds.test.ts runs this program with few free descriptors, so that the kernel drops descriptors of a stream.
 * It prints JSON.
 */
import { closeSync, openSync } from 'node:fs';
import { BlockingError, close, type Socket, type SocketError, socketpair } from 'berkeley';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { until } from '../support/until.js';

await warmUp();

/** What is left to receive; nothing only if the call would have to wait. */
async function unread(socket: Socket<'unix'>): Promise<string> {
  try {
    return String(await socket.recv(10, { timeout: 0 }));
  } catch (error) {
    if (error instanceof BlockingError) return '';
    throw error;
  }
}

/** Opens descriptors until only `left` are free. The result closes them. */
function hog(left: number): () => void {
  const taken: number[] = [];
  try {
    for (;;) taken.push(openSync('/dev/null', 'r'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EMFILE') throw error;
    for (const fd of taken.splice(taken.length - left)) closeSync(fd);
  }
  return () => {
    for (const fd of taken) closeSync(fd);
  };
}

async function play(listens: boolean, keepOpen: boolean): Promise<object> {
  const before = countDescriptors();
  const [peer, socket] = socketpair();
  const stream = socket.toDuplex({ keepOpen });
  const events: string[] = [];
  if (listens)
    stream.on('fds', (fds: number[]) => {
      events.push(`${fds.length} descriptors`);
      for (const fd of fds) close(fd);
    });
  stream.on('data', data => events.push(String(data)));
  stream.on('error', (error: SocketError) => events.push(`${error.syscall} ${error.code}`));
  stream.on('close', () => events.push('close'));
  const file = openSync('/dev/null', 'r');
  await peer.sendFds('first', [file, file, file]);
  await until(() => events.includes('first') || events.includes('close'));
  const giveBack = hog(2);
  await peer.sendFds('second', [file, file, file]);
  await until(() => events.includes('second') || events.includes('close'));
  giveBack();
  const rest = socket.closed ? '' : await unread(socket);
  closeSync(file);
  stream.destroy();
  socket.close();
  peer.close();
  await until(() => events.includes('close') && countDescriptors() <= before);
  return { events, rest, leaked: countDescriptors() - before };
}

const outcomes = [await play(true, false), await play(true, true), await play(false, false)];
console.log(JSON.stringify(outcomes));
