/** Input that a call received and gave back is readable, although the kernel reports no event for it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Socket, socketpair } from 'berkeley';
import { MSG_WAITALL } from 'berkeley/constants';
import { POLLIN, POLLOUT, poll, Selector, select, selectSync } from 'berkeley/select';
import { onWindows } from '../support/local.js';

/** A socket with three pending bytes. The peer stays open, so the kernel reports nothing. */
async function pendingSocket(): Promise<{ socket: Socket<'unix'>; peer: Socket<'unix'> }> {
  const [socket, peer] = socketpair();
  await giveBack(socket, peer);
  return { socket, peer };
}

/** Makes a file read three bytes more than it returns, and closes it. */
async function giveBack(socket: Socket<'unix'>, peer: Socket<'unix'>): Promise<void> {
  const file = socket.makefile('rb');
  await peer.sendAll('x\nabc');
  assert.equal(String(await file.readline()), 'x\n');
  await file.close();
}

function end(...sockets: Socket<'unix'>[]): void {
  for (const socket of sockets) socket.close();
}

describe('pending input', () => {
  test('is reported by select, in both forms, until it is received', async () => {
    const { socket, peer } = await pendingSocket();
    assert.deepEqual(await select([socket], [], [], 1000), [[socket], [], []]);
    assert.deepEqual(selectSync([socket], [], [], 1000), [[socket], [], []]);
    assert.deepEqual(selectSync([], [], [socket], 0), [[], [], []], 'only to those who ask for input');
    assert.equal(String(await socket.recv(9)), 'abc');
    assert.deepEqual(await select([socket], [], [], 0), [[], [], []]);
    end(socket, peer);
  });

  test('is reported by poll, in both forms', async () => {
    const { socket, peer } = await pendingSocket();
    const list = poll<Socket<'unix'>>();
    list.register(socket, POLLIN | POLLOUT);
    assert.deepEqual(await list.poll(1000), [[socket, POLLIN | POLLOUT]]);
    assert.deepEqual(list.pollSync(1000), [[socket, POLLIN | POLLOUT]]);
    end(socket, peer);
  });

  test('is reported by a Selector: level-triggered each time, edge-triggered once', async () => {
    const { socket, peer } = await pendingSocket();
    using selector = new Selector<string>();
    selector.register(socket, POLLIN, 'level');
    const level = [{ target: socket, events: POLLIN, data: 'level' }];
    assert.deepEqual(await selector.wait(1000), level);
    assert.deepEqual(selector.waitSync(1000), level);
    selector.modify(socket, POLLIN | POLLOUT, 'edge', { edge: true });
    const edges = await selector.wait(1000);
    // Windows has one request for each event, and they can complete one after the other.
    if (onWindows && edges[0]?.events === POLLIN) edges.push(...(await selector.wait(1000)));
    const events = edges.reduce((all, each) => all | each.events, 0);
    assert.deepEqual({ ...edges[0], events }, { target: socket, events: POLLIN | POLLOUT, data: 'edge' });
    assert.deepEqual(await selector.wait(0), []);
    end(socket, peer);
  });

  test('ends the waits that began before it', async () => {
    const [socket, peer] = socketpair();
    using selector = new Selector();
    selector.register(socket, POLLIN);
    const abort = new AbortController();
    const all = socket.recv(9, { flags: MSG_WAITALL, signal: abort.signal });
    await peer.send('abc');
    await new Promise(resolve => setTimeout(resolve, 20)); // the call receives the bytes
    const waits = Promise.all([
      select([socket], [], [], { timeout: 5000 }),
      selector.wait({ timeout: 5000 }),
    ]);
    await new Promise(resolve => setTimeout(resolve, 20));
    abort.abort();
    await assert.rejects(all, { name: 'AbortError' });
    const [selected, ready] = await waits;
    assert.deepEqual(selected, [[socket], [], []]);
    assert.deepEqual(ready, [{ target: socket, events: POLLIN, data: undefined }]);
    end(socket, peer);
  });
});
