import { holding } from '../client.js';
import { type Contestant, commandOf, isJavaScript } from '../contestant.js';
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
  { name: 'berkeley recv', language: 'berkeley', way: 'recv', target: '<= 1.5' },
  { name: 'berkeley chunks()', language: 'berkeley', way: 'chunks' },
];

/** Bytes that a server has in use. */
interface Size {
  /** Of the machine's memory. */
  readonly resident: number;
  /** Of JavaScript's heap, which has room to spare around it; 0 for other languages. */
  readonly heap: number;
}

/** What a connection costs that does nothing. The kernel's part is not counted: it is the same for all. */
export const idleMemory: Question = {
  name: 'idle-memory',
  title: `Memory of an idle connection, at ${CONNECTIONS}`,
  async answer(settings) {
    const rows = [['', 'resident', 'heap', 'target']];
    for (const contestant of contestants) {
      const sizes: Size[] = [];
      for (let round = 0; round < Math.ceil(settings.rounds / 3); round++) {
        sizes.push(await measure(contestant, settings));
      }
      const resident = kibibytes(median(sizes.map(size => size.resident)));
      const heap = kibibytes(median(sizes.map(size => size.heap)));
      rows.push([contestant.name, resident, heap, contestant.target ?? '']);
    }
    return { note: 'KiB each, of what the server has in use after garbage collection', rows };
  },
};

function kibibytes(bytes: number): string {
  return (bytes / 1024).toFixed(2);
}

/** What each connection adds to the server's memory. */
async function measure(contestant: Contestant, settings: Settings): Promise<Size> {
  const server = await Server.start(settings.serverCpu, commandOf(contestant, 'tcp-echo', ['--expose-gc']));
  const size = async (): Promise<Size> => {
    const heap = isJavaScript(contestant) ? await server.collectGarbage() : 0;
    return { resident: server.residentSize(), heap };
  };
  try {
    await holding(server, WARM, settings, size);
    const before = await size();
    const after = await holding(server, CONNECTIONS, settings, size);
    return {
      resident: (after.resident - before.resident) / CONNECTIONS,
      heap: (after.heap - before.heap) / CONNECTIONS,
    };
  } finally {
    await server.stop();
  }
}
