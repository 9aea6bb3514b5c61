import { drive, type Task, warmUp } from '../client.js';
import { type Contestant, commandOf } from '../contestant.js';
import type { Figures } from '../outcome.js';
import { Server } from '../server.js';
import type { Settings } from '../settings.js';
import { mean } from '../statistics.js';
import { survey } from '../survey.js';

const FEW = 10;

/** Whether a message costs more when many other connections are open. Ten messages are in flight at a time. */
export const eventCost = survey({
  name: 'event-cost',
  title: 'CPU per message with 10,000 connections (quick: 2,000)',
  note: `1 is the same server with ${FEW} connections`,
  server: 'tcp-echo',
  columns: ['cpu'],
  contestants: [
    { name: 'C epoll', language: 'c', way: 'epoll' },
    { name: 'node:net', language: 'node' },
    {
      name: 'berkeley recv',
      language: 'berkeley',
      way: 'recv',
      targets: [{ figure: 'cpu', atMost: 1.05, of: 'C epoll' }],
    },
  ],
  measure,
});

async function measure(contestant: Contestant, settings: Settings): Promise<Figures> {
  const server = await Server.start(settings.serverCpu, commandOf(contestant, 'tcp-echo', []));
  const task = (connections: number): Task => ['many', 64, connections, FEW];
  const { seconds, connections } = settings;
  try {
    await warmUp(server, task(FEW), settings);
    const before = await drive(server, task(FEW), seconds / 2, settings);
    const result = await drive(server, task(connections), seconds, settings);
    const after = await drive(server, task(FEW), seconds / 2, settings);
    return { cpu: result.cpu / mean(before.cpu, after.cpu) };
  } finally {
    await server.stop();
  }
}
