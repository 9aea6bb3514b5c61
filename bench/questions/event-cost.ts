import { drive, type Task, warmUp } from '../client.js';
import { type Contestant, commandOf } from '../contestant.js';
import type { Figures } from '../outcome.js';
import { Server } from '../server.js';
import type { Settings } from '../settings.js';
import { mean } from '../statistics.js';
import { survey } from '../survey.js';

const FEW = 10;
/** How many times longer `most` is measured than the rest: in the usual time, each connection gets about one message. */
const LONGER = 4;

/** Whether a message costs more when many other connections are open. Ten messages are in flight at a time. */
export const eventCost = survey({
  name: 'event-cost',
  title: 'CPU per message with 100, 1,000 and 10,000 connections (quick: 2,000)',
  note: `1 is the same server with ${FEW} connections`,
  server: 'tcp-echo',
  columns: ['most', 'hundred', 'thousand'],
  cost: 4,
  contestants: [
    { name: 'C epoll', language: 'c', way: 'epoll' },
    { name: 'node:net', language: 'node' },
    {
      name: 'berkeley recv',
      language: 'berkeley',
      way: 'recv',
      targets: [{ figure: 'most', atMost: 1.05, of: 'C epoll' }],
    },
  ],
  measure,
});

/** The cost with more connections, each relative to the mean of that with few, before and after. */
async function measure(contestant: Contestant, settings: Settings): Promise<Figures> {
  const server = await Server.start(settings.serverCpu, commandOf(contestant, 'tcp-echo', []));
  const task = (connections: number): Task => ['many', 64, connections, FEW];
  const cost = async (connections: number, seconds: number) =>
    (await drive(server, task(connections), seconds, settings)).cpu;
  const { seconds } = settings;
  const sizes = { hundred: 100, thousand: 1_000, most: settings.connections };
  const figures: Record<string, number> = {};
  try {
    await warmUp(server, task(FEW), settings);
    let before = await cost(FEW, seconds / 2);
    for (const [name, connections] of Object.entries(sizes)) {
      const own = await cost(connections, name === 'most' ? LONGER * seconds : seconds);
      const after = await cost(FEW, seconds / 2);
      figures[name] = own / mean(before, after);
      before = after;
    }
    return figures;
  } finally {
    await server.stop();
  }
}
