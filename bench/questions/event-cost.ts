import { drive, type Task, warmUp } from '../client.js';
import { type Contestant, commandOf } from '../contestant.js';
import type { Question } from '../question.js';
import { Server } from '../server.js';
import type { Settings } from '../settings.js';
import { mean, median } from '../statistics.js';
import { ratio } from '../table.js';

const FEW = 10;
const MANY = 10_000;

const contestants: readonly Contestant[] = [
  { name: 'C epoll', language: 'c', way: 'epoll' },
  { name: 'node:net', language: 'node' },
  { name: 'berkeley recv', language: 'berkeley', way: 'recv', target: 'as C epoll' },
];

/** Whether a message costs more when many other connections are open. Ten are under way, over all in turn. */
export const eventCost: Question = {
  name: 'event-cost',
  title: `CPU per message at ${MANY} connections, relative to ${FEW}`,
  async answer(settings) {
    const rows = [['', 'CPU', 'target']];
    for (const contestant of contestants) {
      rows.push([contestant.name, ratio(await measure(contestant, settings)), contestant.target ?? '']);
    }
    return { note: `1 is the same server with ${FEW} connections`, rows };
  },
};

async function measure(contestant: Contestant, settings: Settings): Promise<number> {
  const server = await Server.start(settings.serverCpu, commandOf(contestant, 'tcp-echo', []));
  const task = (connections: number): Task => ['many', 64, connections, FEW];
  const { seconds } = settings;
  try {
    const ratios: number[] = [];
    await warmUp(server, task(FEW), settings);
    for (let round = 0; round < settings.rounds; round++) {
      const before = await drive(server, task(FEW), seconds / 2, settings);
      const result = await drive(server, task(MANY), seconds, settings);
      const after = await drive(server, task(FEW), seconds / 2, settings);
      ratios.push(result.cpu / mean(before.cpu, after.cpu));
    }
    return median(ratios);
  } finally {
    await server.stop();
  }
}
