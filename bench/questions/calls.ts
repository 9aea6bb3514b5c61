import { type Contestant, commandOf } from '../contestant.js';
import type { Figures } from '../outcome.js';
import { Server } from '../server.js';
import type { Settings } from '../settings.js';
import { survey } from '../survey.js';

/** The cost of a call beyond the kernel's work, which the C contestant does not have. */
export const calls = survey({
  name: 'calls',
  title: 'One send and one receive of 64 bytes in one process, over a pair of Unix sockets',
  note: 'processor time per pair of calls',
  server: 'calls',
  columns: ['nanoseconds'],
  contestants: [
    { name: 'C', language: 'c' },
    { name: 'Python', language: 'python' },
    { name: 'berkeley sendSync, recvIntoSync', language: 'berkeley', way: 'sync' },
    { name: 'berkeley send, recvInto', language: 'berkeley', way: 'promises' },
  ],
  measure,
});

/** Runs a program that prints its figures. */
async function measure(contestant: Contestant, { serverCpu }: Settings): Promise<Figures> {
  const program = await Server.start(serverCpu, commandOf(contestant, 'calls', []));
  try {
    return JSON.parse(program.where) as Figures;
  } finally {
    await program.stop();
  }
}
