import { holding } from '../client.js';
import { type Contestant, commandOf, isJavaScript } from '../contestant.js';
import type { Figures } from '../outcome.js';
import { Server } from '../server.js';
import type { Settings } from '../settings.js';
import { survey } from '../survey.js';

/** Enough for the server's code to be compiled and its memory to be touched before the measurement starts. */
const WARM = 1_000;

const targets = [
  { figure: 'resident', atMost: 2 },
  { figure: 'heap', atMost: 1 },
];

/** What an idle connection costs. The kernel's part is not counted: it is the same for all. */
export const idleMemory = survey({
  name: 'idle-memory',
  title: 'Memory per idle connection, of 10,000 (quick: 2,000)',
  note: 'KiB per connection after garbage collection: resident memory, and the used JavaScript heap',
  server: 'tcp-echo',
  columns: ['resident', 'heap'],
  contestants: [
    { name: 'C epoll', language: 'c', way: 'epoll' },
    { name: 'Python epoll', language: 'python', way: 'epoll' },
    { name: 'node:net', language: 'node' },
    {
      name: 'berkeley recv',
      language: 'berkeley',
      way: 'recv',
      targets,
    },
    {
      name: 'berkeley chunks()',
      language: 'berkeley',
      way: 'chunks',
      targets,
    },
  ],
  measure,
});

/** The memory that each connection adds to the server, in KiB. */
async function measure(contestant: Contestant, settings: Settings): Promise<Figures> {
  const { connections, serverCpu } = settings;
  const server = await Server.start(serverCpu, commandOf(contestant, 'tcp-echo', ['--expose-gc']));
  const size = async (): Promise<{ resident: number; heap: number }> => {
    const heap = isJavaScript(contestant) ? await server.collectGarbage() : 0;
    return { resident: server.residentSize(), heap };
  };
  try {
    await holding(server, WARM, settings, size);
    const before = await size();
    const after = await holding(server, connections, settings, size);
    const each = (bytes: number): number => bytes / connections / 1024;
    return { resident: each(after.resident - before.resident), heap: each(after.heap - before.heap) };
  } finally {
    await server.stop();
  }
}
