import { type Contestant, commandOf } from '../contestant.js';
import type { Figures } from '../outcome.js';
import { Server } from '../server.js';
import type { Settings } from '../settings.js';
import { survey } from '../survey.js';

/** Mebibytes of each half of the new space of the heap. A fixed size makes scavenges comparable. */
const SEMI_SPACE = 16;

/** What a message leaves behind for the garbage collector. The figures are counted, so one round is enough. */
export const allocations = survey({
  name: 'allocations',
  title: 'Allocations of a million messages of 64 bytes, sent and received in one process (quick: 100,000)',
  note: `bytes of the JavaScript heap per message, and scavenges in all, with semi-spaces of ${SEMI_SPACE} MiB`,
  server: 'allocations',
  columns: ['bytes', 'scavenges', 'nanoseconds'],
  cost: 2,
  rounds: 1,
  contestants: [
    { name: 'node:net', language: 'node', way: 'stream' },
    { name: 'node:dgram', language: 'node', way: 'datagrams' },
    { name: 'berkeley sendSync, recvIntoSync', language: 'berkeley', way: 'sync' },
    { name: 'berkeley send, recvInto', language: 'berkeley', way: 'promises' },
    { name: 'berkeley send, chunks()', language: 'berkeley', way: 'chunks' },
    { name: 'berkeley sendto, recvfromInto', language: 'berkeley', way: 'into' },
    { name: 'berkeley sendto, datagrams()', language: 'berkeley', way: 'datagrams' },
    { name: 'berkeley sendmmsgSync, recvmmsgSync', language: 'berkeley', way: 'batchesSync' },
    { name: 'berkeley sendmmsg, recvmmsg', language: 'berkeley', way: 'batches' },
  ],
  measure,
});

/** Runs a program that prints its figures. */
async function measure(contestant: Contestant, { serverCpu, calls }: Settings): Promise<Figures> {
  const flags = [`--min-semi-space-size=${SEMI_SPACE}`, `--max-semi-space-size=${SEMI_SPACE}`];
  const command = commandOf(contestant, 'allocations', flags);
  const program = await Server.start(serverCpu, [...command, String(calls)]);
  try {
    return JSON.parse(await program.line()) as Figures;
  } finally {
    await program.stop();
  }
}
