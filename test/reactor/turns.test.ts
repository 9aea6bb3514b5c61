/** Calls that let others run between turns of the event loop. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AF_INET, SOCK_DGRAM, Socket, socketpair } from 'berkeley';
import { binding } from '#src/binding.js';
import { Budget, workOfBytes } from '#src/reactor/budget.js';
import { currentTurn, defer } from '#src/reactor/reactor.js';
import { RECV_INTO_NOW, RECV_NOW, RECVFROM_INTO_NOW, RECVFROM_NOW } from '#src/socket/receive.js';
import { SEND_ALL_NOW, SEND_NOW, SENDTO_NOW } from '#src/socket/send.js';

/** More than the calls of several turns. */
const CALLS = 3000;

/** The small messages that a lane receives at most per turn (src/reactor/budget.ts). */
const PER_TURN = 256;

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

/** Returns the number of turns of libuv's loop so far. Timers run once in each. */
function loopCount(): number | undefined {
  const { nodeTiming } = performance as unknown as {
    nodeTiming: { uvMetricsInfo?: { loopCount: number } };
  };
  return nodeTiming.uvMetricsInfo?.loopCount;
}

/** Waits until the package begins another turn. */
async function nextTurn(): Promise<void> {
  const before = currentTurn();
  while (currentTurn() === before) await new Promise<void>(resolve => defer({ wake: resolve }));
}

test('a lane with more events is served once between two turns of the timers', {
  skip:
    loopCount() === undefined &&
    'this Node.js does not count the turns of its loop: use 20.18, 22.8 or later',
}, async context => {
  context.mock.method(performance, 'now', () => 0); // so that only the work limits a turn, on machines of any speed
  const [reader, writer] = socketpair();
  using _reader = reader;
  using _writer = writer;
  writer.sendSync(Buffer.alloc(CALLS));
  // A new byte in each turn is a new event.
  let timer = setImmediate(function more() {
    writer.sendSync('x');
    timer = setImmediate(more);
  });
  const served = new Map<number, number>();
  for (let i = 0; i < CALLS; i++) {
    await reader.recv(1);
    const turn = loopCount()!;
    served.set(turn, (served.get(turn) ?? 0) + 1);
  }
  clearImmediate(timer);
  const counts = [...served.values()].slice(1); // the first turn has not begun with an event
  assert.ok(counts.length > CALLS / PER_TURN - 2, `${counts.length} turns`);
  assert.deepEqual(
    counts.filter(count => count > PER_TURN),
    [],
  );
});

test('calls that move much data look at the clock earlier', async context => {
  await nextTurn();
  let now = 0;
  context.mock.method(performance, 'now', () => now);
  /** Returns the number of calls after which a lane learns that the time of the turn has ended. */
  const callsUntilEnd = (bytes: number): number => {
    const budget = new Budget();
    let calls = 0;
    for (; budget.isLeft; calls++) budget.spend(workOfBytes(bytes));
    return calls;
  };
  const first = new Budget();
  assert.equal(first.isLeft, true);
  first.spend(100);
  assert.equal(first.isLeft, true); // the time of this turn begins with the first look at the clock
  now = 1;
  assert.equal(callsUntilEnd(64), 16);
  assert.equal(callsUntilEnd(65_536), 4);
});

test('calls without an operation are counted by the bytes that they move', () => {
  const rows = [RECV_NOW, RECV_INTO_NOW, RECVFROM_NOW, RECVFROM_INTO_NOW, SEND_NOW, SEND_ALL_NOW, SENDTO_NOW];
  for (const row of rows) assert.deepEqual([row.work(0), row.work(255 * 0x4000 - 1)], [1, 255]);
});
