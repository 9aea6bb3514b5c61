/** The calls of the program, in both forms. */
import type { CallAction } from './actions.js';
import type { Call, Tracked } from './calls.js';
import { MSG_WAITALL } from './package.js';

/** Longer than any message, so that none is cut. */
export const LONGEST = 200;

type Wait = { timeout: number | null; signal?: AbortSignal };
type Maker<R> = (tracked: Tracked, call: Call, size: number, wait: Wait) => R;

/** A message is received whole. */
const sizeOf = ({ file }: Tracked, size: number) => (file.kind === 'datagram' ? LONGEST : size);

/** The calls that return a promise. */
export const makers: Record<CallAction['what'], Maker<Promise<unknown>>> = {
  async recv(tracked, call, size, wait) {
    call.data = await tracked.socket.recv(sizeOf(tracked, size), wait);
  },
  async recvInto(tracked, call, size, wait) {
    const memory = new Uint8Array(sizeOf(tracked, size));
    const length = await tracked.socket.recvInto(memory, wait);
    call.data = memory.subarray(0, length);
  },
  async recvAll(tracked, call, size, wait) {
    call.data = await tracked.socket.recv(sizeOf(tracked, size), { ...wait, flags: MSG_WAITALL });
  },
  async chunk(tracked, call) {
    tracked.chunks ??= tracked.socket.chunks({ size: LONGEST })[Symbol.asyncIterator]();
    const { done, value } = await tracked.chunks.next();
    if (done === true) tracked.chunks = undefined;
    else call.data = value;
  },
  async send(tracked, call, _size, wait) {
    call.count = await tracked.socket.send(call.data, wait);
  },
  async sendAll(tracked, call, _size, wait) {
    if (tracked.file.kind === 'datagram') {
      await makers.send(tracked, call, _size, wait);
      return;
    }
    call.isWhole = true;
    await tracked.socket.sendAll(call.data, wait);
    call.count = call.data.length;
  },
};

/** The calls that block the thread. */
export const syncMakers: Record<CallAction['what'], Maker<void>> = {
  recv(tracked, call, size, wait) {
    call.data = tracked.socket.recvSync(sizeOf(tracked, size), wait);
  },
  recvInto(tracked, call, size, wait) {
    const memory = new Uint8Array(sizeOf(tracked, size));
    call.data = memory.subarray(0, tracked.socket.recvIntoSync(memory, wait));
  },
  recvAll(tracked, call, size, wait) {
    call.data = tracked.socket.recvSync(sizeOf(tracked, size), { ...wait, flags: MSG_WAITALL });
  },
  chunk(tracked, call, size, wait) {
    syncMakers.recv(tracked, call, size, wait);
  },
  send(tracked, call, _size, wait) {
    call.count = tracked.socket.sendSync(call.data, wait);
  },
  sendAll(tracked, call, _size, wait) {
    if (tracked.file.kind === 'datagram') return syncMakers.send(tracked, call, _size, wait);
    tracked.socket.sendAllSync(call.data, wait);
    call.count = call.data.length;
  },
};
