/**
 * The randomised test of calls that are aborted or time out, for every runtime. It prints the seed.
 * `BERKELEY_SEED` repeats a run, `BERKELEY_ROUND` repeats one round of it, and `BERKELEY_LONG=1` runs ten
 * times as many rounds.
 */
import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { onWindows } from '../support/local.js';
import { playConnections } from './giving-up/connections.js';
import { playDatagrams, seqpacketPair, udpPair, unixDatagramPair } from './giving-up/datagrams.js';
import { Round } from './giving-up/round.js';
import { playStream, tcpPair, unixPair } from './giving-up/streams.js';

/** Under Wine a round takes ten times as long. */
const DEFAULT = onWindows ? 40 : 400;

const seed = Number(process.env.BERKELEY_SEED ?? Date.now() % 2 ** 31);
const only = process.env.BERKELEY_ROUND;
const rounds = Number(process.env.BERKELEY_ROUNDS ?? (process.env.BERKELEY_LONG === '1' ? 4000 : DEFAULT));

type Play = readonly [string, (round: Round) => Promise<void>];

const unixPlays: readonly Play[] = [
  ['Unix datagrams', round => playDatagrams(round, unixDatagramPair)],
  ['seqpacket', round => playDatagrams(round, seqpacketPair)],
];

const plays: readonly Play[] = [
  ['TCP', round => playStream(round, tcpPair)],
  ['a socketpair', round => playStream(round, unixPair)],
  ['UDP', round => playDatagrams(round, udpPair)],
  ...(onWindows ? [] : unixPlays),
  ['connections', playConnections],
];

/** Limit for a round in milliseconds. No round takes this long, even on a busy machine. */
const LONGEST = Number(process.env.BERKELEY_LONGEST ?? 30_000);

/** The number of open sockets of the process. */
function countSockets(): number {
  if (onWindows) return countDescriptors();
  let count = 0;
  for (const fd of readdirSync('/proc/self/fd')) {
    try {
      if (readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:')) count++;
    } catch {
      // The descriptor was that of the directory itself.
    }
  }
  return count;
}

async function play(i: number): Promise<void> {
  if (process.env.BERKELEY_TRACE) console.error(i);
  const [name, run] = plays[i % plays.length]!;
  const round = new Round(Math.imul(seed ^ 0x9e3779b9, i + 1) + i);
  const before = countSockets();
  const report = (): void => {
    console.error(`round ${i}, over ${name} (BERKELEY_SEED=${seed} BERKELEY_ROUND=${i})`);
    console.error(round.log.join('\n'));
  };
  const timer = setTimeout(() => {
    report();
    console.error('the round has not ended');
    process.exit(1);
  }, LONGEST);
  try {
    await run(round);
    await turn();
    if (countSockets() !== before) throw new Error(`${countSockets() - before} descriptors are left`);
  } catch (error) {
    report();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

console.log(`seed ${seed}`);
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, error => {
    console.error(event, error);
    process.exit(1);
  });
}
// Deno opens two sockets of its own in its first second.
if ('deno' in process.versions) await delay(1500);
if (onWindows) await warmUp(); // the poller has sockets of its own
await play(0); // opens the descriptors that stay open
if (only !== undefined) await play(Number(only));
else for (let i = 1; i < rounds; i++) await play(i);
console.log('done');
