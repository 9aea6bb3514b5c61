/** The memory for control messages is shared by the calls of a thread: no call sees that. */
import assert from 'node:assert/strict';
import { closeSync } from 'node:fs';
import { test } from 'node:test';
import { AF_UNIX, CMSG_SPACE, type ControlMessage, MSG_CTRUNC, SOCK_DGRAM, socketpair } from 'berkeley';
import { rights } from 'berkeley/control';

import { controlMemory } from '#src/message/control-memory.js';
import { notOnWindows } from '../support/kernel.js';

const HALF = CMSG_SPACE(4) - 8;

function pairWith(count: number) {
  const [one, other] = socketpair(AF_UNIX, SOCK_DGRAM);
  const fds = [0, 1, 2].slice(0, count);
  return { one, other, send: () => one.sendFdsSync(new Uint8Array(1), fds) };
}

function closeAll(control: readonly ControlMessage[]): void {
  for (const fd of rights.find(control) ?? []) closeSync(fd);
}

const skip = notOnWindows('descriptors in messages');

test('the next call does not change the control messages of the last', { skip }, () => {
  const { one, other, send } = pairWith(2);
  send();
  send();
  const first = other.recvmsgSync(1, { control: CMSG_SPACE(8) });
  const bytes = Buffer.from(first.control[0]!.data);
  const second = other.recvmsgSync(1, { control: CMSG_SPACE(8) });
  assert.deepEqual(first.control[0]!.data, bytes);
  assert.notDeepEqual(second.control[0]!.data, bytes, 'they are other descriptors');
  for (const { control } of [first, second]) closeAll(control);
  one.close();
  other.close();
});

test('each call has exactly the space that it asks for, whatever the calls before had', { skip }, () => {
  const { one, other, send } = pairWith(1);
  for (const [control, isCut] of [
    [CMSG_SPACE(400), false],
    [0, true],
    [HALF, true],
    [CMSG_SPACE(4), false],
    [100_000, false],
    [HALF, true],
  ] as const) {
    send();
    const message = other.recvmsgSync(1, { control });
    assert.equal((message.flags & MSG_CTRUNC) !== 0, isCut, `${control} bytes`);
    assert.equal(rights.find(message.control)?.length, isCut ? undefined : 1);
    closeAll(message.control);
  }
  one.close();
  other.close();
});

test('the space of one size is made once, unless it is large', () => {
  assert.equal(controlMemory(64), controlMemory(64));
  assert.equal(controlMemory(64).bytes.length, 64);
  assert.equal(controlMemory(65_536).view.byteLength, 65_536);
  assert.notEqual(controlMemory(65_537), controlMemory(65_537));
});
