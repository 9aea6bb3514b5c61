/** SOL_SOCKET control messages: the kernel delivers what was sent. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SO_PRIORITY, SO_RCVBUF, SOL_SOCKET } from 'berkeley';
import { SO_RCVMARK, SO_RCVPRIORITY, SO_RXQ_OVFL, SO_TXTIME } from 'berkeley/constants';
import { mark, priority, rxqOverflow, spaceFor, txtime } from 'berkeley/control';
import { repeat } from '../support/full.js';
import { inet, lacks, Pair, withoutRoot } from './pair.js';

describe('any socket', () => {
  const noMark = lacks([SOL_SOCKET, SO_RCVMARK], 'SO_RCVMARK', '5.19');
  test('the mark', { skip: withoutRoot || noMark }, async () => {
    using pair = new Pair(inet, [[SOL_SOCKET, SO_RCVMARK]]);
    const { control } = await pair.send('x', [mark(0xfeedbeef)], spaceFor(mark));
    assert.equal(mark.find(control), 0xfeedbeef);
  });

  const noPriority = lacks([SOL_SOCKET, SO_RCVPRIORITY], 'SO_RCVPRIORITY', '6.14');
  test('the priority', { skip: noPriority }, async () => {
    using pair = new Pair(inet, [[SOL_SOCKET, SO_RCVPRIORITY]]);
    const { control } = await pair.send('x', [priority(5)], spaceFor(priority));
    assert.equal(priority.find(control), 5);
    pair.sender.setsockopt(SOL_SOCKET, SO_PRIORITY, 2);
    assert.equal(priority.find((await pair.send('x', [], spaceFor(priority))).control), 2);
  });

  test('the number of dropped packets', async () => {
    using pair = new Pair(inet, [[SOL_SOCKET, SO_RXQ_OVFL]]);
    const { sender, receiver } = pair;
    receiver.setsockopt(SOL_SOCKET, SO_RCVBUF, 4096);
    const data = Buffer.alloc(1000);
    for (let i = 0; i < 50; i++) await sender.sendto(data, receiver.getsockname());
    const received = repeat(receiver, () => receiver.recvSync(1000));
    assert.ok(received < 50, `${received} of 50`);
    const { control } = await pair.send('x', [], spaceFor(rxqOverflow));
    assert.equal(rxqOverflow.find(control), 50 - received);
  });

  test('the transmit time', { skip: withoutRoot }, async () => {
    using pair = new Pair(inet);
    const clock = Buffer.alloc(8); // sock_txtime: the clock, CLOCK_MONOTONIC, and flags
    clock.writeInt32LE(1);
    pair.sender.setsockopt(SOL_SOCKET, SO_TXTIME, clock);
    const { data } = await pair.send('x', [txtime(process.hrtime.bigint())], 0);
    assert.equal(String(data), 'x');
  });
});
