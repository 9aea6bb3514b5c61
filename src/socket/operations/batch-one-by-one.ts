/**
 * Batches where the platform has no recvmmsg(2) and sendmmsg(2), or one message needs a call of its own: the same
 * results from one system call a message.
 */
import { addressLength, binding, controlLength, messageFlags, shared } from '../../binding.js';
import { MSG_DONTWAIT } from '../../constants/socket.js';
import { EAGAIN } from '../../errors/codes.js';
import type { BatchMemory } from '../../message/batch-memory.js';
import type { Waitable } from '../../reactor/waitable.js';

function receiveOne(fd: number, memory: BatchMemory, i: number, flags: number): number {
  const slot = memory.data.subarray(i * memory.size, (i + 1) * memory.size);
  const start = i * memory.controlSize;
  const control =
    memory.controlSize === 0 ? null : memory.controls.subarray(start, start + memory.controlSize);
  const length = binding.recvmsg(fd, [slot], control, flags);
  if (length < 0) return length;
  const name = shared.address.subarray(0, Math.min(addressLength(), binding.batchNameSize));
  memory.names.set(name, i * binding.batchNameSize);
  memory.note(i, {
    length,
    nameLength: name.length,
    controlLength: controlLength(),
    flags: messageFlags(),
  });
  return length;
}

/**
 * Receives as recvmmsg(2) does with MSG_WAITFORONE: only the first message is waited for. An error after some messages
 * is kept for the next receive, as the kernel does (net/socket.c, do_recvmmsg).
 */
export function receiveOneByOne(waitable: Waitable, memory: BatchMemory, flags: number): number {
  memory.check();
  for (let i = 0; i < memory.count; i++) {
    const result = receiveOne(waitable.fd, memory, i, i === 0 ? flags : flags | MSG_DONTWAIT);
    if (result >= 0) continue;
    if (i === 0) return result;
    if (result !== EAGAIN) waitable.owe(result);
    return i;
  }
  return memory.count;
}
