import { execFileSync } from 'node:child_process';
import { drive } from '../client.js';
import { type Contestant, commandOf } from '../contestant.js';
import type { Figures } from '../outcome.js';
import { processors } from '../processors.js';
import { Server } from '../server.js';
import type { Settings } from '../settings.js';
import { survey } from '../survey.js';

/** The duration of the flood in seconds: the server warms up for a third of it, and measures for another. */
const SECONDS = 1.2;

const targets = [
  { figure: 'delay', atMost: 2, of: 'node:dgram' },
  { figure: 'other', atMost: 2, of: 'node:dgram' },
];

/** Whether a socket with continuous input delays the rest of the program. */
export const fairness = survey({
  name: 'fairness',
  title: 'The delay of a timer of 1 ms, and of another socket, while datagrams flood a socket',
  note: 'milliseconds, of the 99th percentile; the client floods from another processor, if there is one',
  server: 'fairness',
  columns: ['delay', 'other'],
  cost: 2,
  contestants: [
    { name: 'node:dgram', language: 'node' },
    { name: 'berkeley recvfromInto', language: 'berkeley', way: 'into', targets },
    { name: 'berkeley datagrams()', language: 'berkeley', way: 'datagrams', targets },
    { name: 'berkeley recvmmsg', language: 'berkeley', way: 'batches', targets },
    { name: 'berkeley/dgram', language: 'berkeley', program: 'dgram', way: 'fairness', targets },
  ],
  measure,
});

/**
 * The threads of the JIT compiler and of the garbage collector stay free to run on other processors, as in a program that
 * is not pinned. On the same processor, they would delay the timer instead of the flood.
 */
function pinMainThread(server: Server, cpu: number): void {
  execFileSync('taskset', ['-cp', String(cpu), String(server.pid)]);
}

async function measure(contestant: Contestant, settings: Settings): Promise<Figures> {
  const { serverCpu } = settings;
  const clientCpu = processors().find(cpu => cpu !== serverCpu) ?? serverCpu;
  const server = await Server.start(processors(), commandOf(contestant, 'fairness', []));
  try {
    pinMainThread(server, serverCpu);
    await drive(server, ['storm', 64], SECONDS, { ...settings, clientCpu });
    return JSON.parse(await server.line()) as Figures;
  } finally {
    await server.stop();
  }
}
