/** No bytes but the caller's leave, and none but the kernel's arrive, while unused memory on heap and stack is poison. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Trial } from '../part.js';
import { holdsPoison } from './poison.js';
import { type Recorded, watch } from './watch.js';

/** Each part of a call that the program must have passed, or the record is incomplete. */
const parts = [
  'bind name',
  'connect name',
  'sendto name',
  'sendto data',
  'sendmsg name',
  'sendmsg control',
  'sendmsg data',
  'sendmmsg name',
  'sendmmsg control',
  'sendmmsg data',
  'setsockopt value',
  'getsockopt space',
];

const nameOf = ({ call, part }: Recorded): string => `${call} ${part}`;

function checkSent(trial: Trial, recorded: readonly Recorded[]): void {
  const seen = new Set(recorded.map(nameOf));
  for (const part of parts) trial.expect(seen.has(part), `${part} was never passed`);
  for (const entry of recorded)
    trial.expect(
      !holdsPoison(entry.bytes),
      `${nameOf(entry)} passed unused memory: ${entry.bytes.toString('hex')}`,
    );
}

/** Several poison bytes in a row: data of any other test can have one by chance. */
const RUN = Buffer.alloc(3, 0xa5);

/** Tests that call the addon in many more ways: each option, each control message, each operation. */
const suites = [
  'options/table',
  'control/any-socket',
  'conformance/main-thread',
  'families/netlink',
  'families/unix',
];

function checkSuites(trial: Trial): void {
  for (const suite of suites) {
    const file = fileURLToPath(new URL(`../../${suite}.test.js`, import.meta.url));
    const { recorded } = watch(file);
    const wrong = recorded.filter(({ bytes }) => bytes.includes(RUN));
    for (const entry of wrong)
      trial.expect(false, `${suite}: ${nameOf(entry)}: ${entry.bytes.toString('hex')}`);
    trial.figure(`calls of ${suite} looked at`, recorded.length);
  }
}

export async function bytes(trial: Trial): Promise<void> {
  if (spawnSync('gcc', ['--version']).status !== 0)
    throw new Error('needs gcc: apt-get install gcc libc6-dev');
  const { stdout, recorded } = watch('watched-program');
  for (const name of JSON.parse(stdout) as string[]) trial.expect(false, `${name}: unused memory arrived`);
  checkSent(trial, recorded);
  trial.figure('calls looked at', recorded.length);
  trial.figure(
    'bytes looked at',
    recorded.reduce((sum, entry) => sum + entry.bytes.length, 0),
  );
  if (trial.size !== 'short') checkSuites(trial);
}
