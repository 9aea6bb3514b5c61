/** A turn of the event loop is limited by messages, not by calls. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AF_INET, MessageBatch, SOCK_DGRAM, Socket, socketpair } from 'berkeley';

/** The number of datagrams that a receive queue of the default size holds. */
const BATCH = 256;
/** The maximum that one turn may receive. 64 batches of them would be 16,384. */
const MOST = 8 * BATCH;

/** Counts the messages of each turn while `loop` runs. */
async function mostPerTurn(loop: (count: (messages: number) => void) => Promise<void>): Promise<number> {
  let most = 0;
  let now = 0;
  let isOver = false;
  const tick = (): void => {
    now = 0;
    if (!isOver) setImmediate(tick);
  };
  setImmediate(tick);
  await loop(messages => {
    now += messages;
    most = Math.max(most, now);
  });
  isOver = true;
  return most;
}

test('receiving batch after batch lets other tasks run', async () => {
  using receiver = new Socket(AF_INET, SOCK_DGRAM);
  receiver.bind({ host: '127.0.0.1', port: 0 });
  using sender = new Socket(AF_INET, SOCK_DGRAM);
  sender.connectSync(receiver.getsockname());
  const outgoing = new MessageBatch({ count: BATCH, size: 16 });
  for (let i = 0; i < BATCH; i++) outgoing.push('x');
  const batch = new MessageBatch({ count: 1024, size: 16 });
  const most = await mostPerTurn(async count => {
    for (let got = 0; got < 100 * BATCH; ) {
      sender.sendmmsgSync(outgoing);
      const received = await receiver.recvmmsg(batch);
      assert.ok(received > BATCH / 4, 'the batches are large');
      got += received;
      count(received);
    }
  });
  assert.ok(most <= MOST, `${most} messages in one turn`);
});

test('failing calls count towards the limit', async () => {
  const [a, b] = socketpair();
  using one = a;
  using other = b;
  const most = await mostPerTurn(async count => {
    for (let i = 0; i < 1000; i++) {
      await assert.rejects(one.recv(1, { timeout: 0 }));
      count(1);
    }
  });
  assert.ok(most <= 200, `${most} refusals in one turn`);
  other.close();
});
