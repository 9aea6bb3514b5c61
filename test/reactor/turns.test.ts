/** Calls that let others run between turns of the event loop. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AF_INET, SOCK_DGRAM, Socket } from 'berkeley';
import { binding } from '#src/binding.js';

/** More than the calls of several turns. */
const CALLS = 3000;

/** Runs `body`, and returns how often it changed the events that a descriptor is registered for. */
async function registrations(body: () => Promise<void>): Promise<number> {
  const { pollerModify } = binding;
  let count = 0;
  binding.pollerModify = (...words) => {
    count++;
    return pollerModify(...words);
  };
  try {
    await body();
  } finally {
    binding.pollerModify = pollerModify;
  }
  return count;
}

test('a loop that sends lets others run, and registers for no event', async () => {
  using receiver = new Socket(AF_INET, SOCK_DGRAM);
  receiver.bind({ host: '127.0.0.1', port: 0 });
  using sender = new Socket(AF_INET, SOCK_DGRAM);
  const address = receiver.getsockname();
  let turns = 0;
  const turn = (): void => {
    turns++;
    timer = setImmediate(turn);
  };
  let timer = setImmediate(turn);
  const send = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) await sender.sendto('x', address);
  };
  await send(CALLS / 3); // the first turn registers the descriptor
  const before = turns;
  const count = await registrations(() => send(CALLS));
  clearImmediate(timer);
  assert.ok(turns - before > 2, `${turns - before} turns`);
  // One at most: the first turn's registration for output is removed by its event.
  assert.ok(count <= 1, `${count} registrations`);
});

test('sends that nobody awaits are settled in their order, also over several turns', async () => {
  using receiver = new Socket(AF_INET, SOCK_DGRAM);
  receiver.bind({ host: '127.0.0.1', port: 0 });
  using sender = new Socket(AF_INET, SOCK_DGRAM);
  const address = receiver.getsockname();
  const settled: number[] = [];
  const all = Array.from({ length: CALLS }, (_, i) =>
    // Some need an operation, since they have options: these must not overtake either.
    sender.sendto('x', address, ...(i % 7 === 0 ? [0] : [])).then(() => settled.push(i)),
  );
  await Promise.all(all);
  assert.deepEqual(
    settled,
    all.map((_, i) => i),
  );
});

test('closing the socket does not change the result of a send that has used up a turn', async () => {
  using receiver = new Socket(AF_INET, SOCK_DGRAM);
  receiver.bind({ host: '127.0.0.1', port: 0 });
  const sender = new Socket(AF_INET, SOCK_DGRAM);
  const address = receiver.getsockname();
  // The work of one turn, or less if its time ends earlier. The other calls wait for the next turn.
  const sent = Array.from({ length: 256 }, () => sender.sendto('x', address));
  sender.close();
  const results = await Promise.allSettled(sent);
  const successes = results.filter(({ status }) => status === 'fulfilled').length;
  receiver.timeout = 0;
  let received = 0;
  const into = new Uint8Array(1);
  while (succeeds(() => receiver.recvIntoSync(into))) received++;
  assert.equal(successes, received);
  assert.ok(successes > 0);
});

function succeeds(call: () => unknown): boolean {
  try {
    call();
    return true;
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'EAGAIN');
    return false;
  }
}
