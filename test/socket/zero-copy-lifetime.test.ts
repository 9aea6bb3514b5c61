/**
 * Completions of zero-copy sends have the numbers that the kernel assigns, and settle even if the socket is
 * closed.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { AF_INET, createServer, SOCK_DGRAM, Socket } from 'berkeley';
import { readErrorQueue } from 'berkeley/control';

async function udpPair(): Promise<[Socket, Socket]> {
  const receiver = new Socket(AF_INET, SOCK_DGRAM);
  receiver.bind({ host: '127.0.0.1', port: 0 });
  const sender = new Socket(AF_INET, SOCK_DGRAM);
  await sender.connect(receiver.getsockname());
  return [sender, receiver];
}

describe('a completion belongs to its own send', () => {
  for (const first of ['', 'x', 'more']) {
    for (const form of ['promise', 'Sync']) {
      test(`after a datagram of ${first.length} bytes, ${form}`, { timeout: 10_000 }, async () => {
        const [sender, receiver] = await udpPair();
        using one = sender;
        using other = receiver;
        if (form === 'Sync') one.sendZeroCopySync(first);
        else await one.sendZeroCopy(first);
        await delay(10);
        readErrorQueue(one); // reads the first send's completion if it was not read before
        const { completed } = await one.sendZeroCopy(Buffer.alloc(1000));
        assert.equal((await completed).copied, true);
        assert.equal(other.closed, false);
      });
    }
  }

  test('over a stream, on which an empty send has no completion', { timeout: 10_000 }, async () => {
    using server = createServer({ host: '127.0.0.1', port: 0 });
    using client = new Socket();
    await client.connect(server.getsockname());
    const { socket } = await server.accept();
    using peer = socket;
    await client.sendZeroCopy('');
    const { completed, bytesSent } = await client.sendZeroCopy(Buffer.alloc(1000));
    assert.equal((await peer.recv(2000)).length, bytesSent);
    await completed;
  });
});

test('pending completions reject when the socket is closed', { timeout: 10_000 }, async () => {
  const [sender, receiver] = await udpPair();
  const { completed } = sender.sendZeroCopySync(Buffer.alloc(1000));
  const settled = completed.then(
    () => 'completed',
    error => error.code,
  );
  sender.close();
  receiver.close();
  assert.ok(['completed', 'EBADF'].includes(await settled), 'it settles');
});
