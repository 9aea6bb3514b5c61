/**
 * descriptors-limit.test.ts runs this program with few free descriptors. It receives more descriptors than it
 * may open, and prints JSON.
 */
import { close, socketpair } from 'berkeley';
import { rights } from 'berkeley/control';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { faces } from './faces.js';

await warmUp();
const [near, far] = socketpair();
const sent = Array<typeof near>(10).fill(near);
const LEFT = 3;

/** Opens descriptors until only `LEFT` are free. */
function fill(): () => void {
  const taken: ReturnType<typeof near.dup>[] = [];
  try {
    for (;;) taken.push(near.dup());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EMFILE') throw error;
    for (const socket of taken.splice(-LEFT)) socket.close();
  }
  return () => {
    for (const socket of taken) socket.close();
  };
}

const before = countDescriptors();
const outcomes: { fds: number; flags: number }[] = [];
for (const face of faces) {
  for (let round = 0; round < 2; round++) {
    await face.sendFds(near, 'x', sent);
    await face.sendFds(near, 'y', sent);
    const free = fill();
    const { fds, flags } = await face.recvFds(far, 1, 10);
    for (const fd of fds) close(fd);
    const message = await face.recvmsg(far, 1, { control: rights.space(10) });
    free();
    const more = rights.find(message.control) ?? [];
    for (const fd of more) close(fd);
    outcomes.push({ fds: fds.length, flags }, { fds: more.length, flags: message.flags });
  }
}
console.log(JSON.stringify({ outcomes, leaked: countDescriptors() - before }));
near.close();
far.close();
