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
