import { holding } from '../client.js';
import { type Contestant, commandOf } from '../contestant.js';
import type { Question } from '../question.js';
import { Server } from '../server.js';
import type { Settings } from '../settings.js';
import { median } from '../statistics.js';

const CONNECTIONS = 10_000;
/** Enough for the server's code to be compiled and its memory to have been touched before the count begins. */
const WARM = 1_000;

const contestants: readonly Contestant[] = [
  { name: 'C epoll', language: 'c', way: 'epoll' },
  { name: 'Python epoll', language: 'python', way: 'epoll' },
  { name: 'node:net', language: 'node' },
  { name: 'berkeley recv', language: 'berkeley', way: 'recv', target: '<= 1.5 KiB' },
  { name: 'berkeley chunks()', language: 'berkeley', way: 'chunks' },
];

/** What a connection costs that does nothing. The kernel's part is not counted: it is the same for all. */
export const idleMemory: Question = {
  name: 'idle-memory',
  title: `Memory of an idle connection, at ${CONNECTIONS}`,
  async answer(settings) {
    const rows = [['', 'KiB each', 'target']];
    for (const contestant of contestants) {
      const sizes: number[] = [];
      for (let round = 0; round < Math.ceil(settings.rounds / 3); round++) {
        sizes.push(await measure(contestant, settings));
      }
      rows.push([contestant.name, (median(sizes) / 1024).toFixed(2), contestant.target ?? '']);
    }
    return { note: 'resident memory of the server, garbage collected', rows };
  },
};

/** The bytes that each connection adds to the server's memory. */
async function measure(contestant: Contestant, settings: Settings): Promise<number> {
  const command = commandOf(contestant, 'tcp-echo', ['--expose-gc']);
  const server = await Server.start(settings.serverCpu, command);
  const size = async (): Promise<number> => {
    if (contestant.language === 'node' || contestant.language === 'berkeley') await server.collectGarbage();
    return server.residentSize();
  };
  try {
    await holding(server, WARM, settings, size);
    const before = await size();
    return ((await holding(server, CONNECTIONS, settings, size)) - before) / CONNECTIONS;
  } finally {
    await server.stop();
  }
}
