import { drive } from '../client.js';
import { type Contestant, commandOf } from '../contestant.js';
import type { Figures } from '../outcome.js';
import { processors } from '../processors.js';
import { Server } from '../server.js';
import type { Settings } from '../settings.js';
import { survey } from '../survey.js';

/** The duration of the flood in seconds. */
const SECONDS = 0.5;

/** Whether a socket with continuous input delays the rest of the program. */
export const fairness = survey({
  name: 'fairness',
  title: 'How late a timer of 1 ms is while datagrams flood a socket',
  note: 'milliseconds, of the 99th percentile; the client floods from another processor, if there is one',
  server: 'fairness',
  columns: ['delay'],
  contestants: [
    { name: 'node:dgram', language: 'node' },
    { name: 'berkeley recvfromInto', language: 'berkeley', way: 'into' },
    { name: 'berkeley datagrams()', language: 'berkeley', way: 'datagrams' },
    { name: 'berkeley recvmmsg', language: 'berkeley', way: 'batches' },
  ],
  measure,
});

async function measure(contestant: Contestant, settings: Settings): Promise<Figures> {
  const { serverCpu } = settings;
  const clientCpu = processors().find(cpu => cpu !== serverCpu) ?? serverCpu;
  const server = await Server.start(serverCpu, commandOf(contestant, 'fairness', []));
  try {
    await drive(server, ['storm', 64], SECONDS, { ...settings, clientCpu });
    return JSON.parse(await server.line()) as Figures;
  } finally {
    await server.stop();
  }
}
