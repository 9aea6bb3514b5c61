/** News that a netlink socket hears of, as an iterable that owns the socket. */

import { SOCK_RAW, SOL_NETLINK } from '../constants/socket.js';
import type { SocketError } from '../errors/errors.js';
import { AF_NETLINK, NETLINK_ADD_MEMBERSHIP } from '../families/netlink/constants.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import '../families/netlink/netlink.js';
import { Socket } from '../socket/socket.js';

/** More than any message of the kernel. */
const LARGEST = 65536;

/** News, one after the other, for as long as the loop goes on. Leaving it closes the socket, as `using` does. */
export interface News<T> extends AsyncIterableIterator<T, void> {
  /** Ends it: whoever waits hears that it is over, and the socket is closed. */
  return(): Promise<IteratorResult<T, void>>;
  /** {@link return}, at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** A socket that hears of groups, given by number. */
export function openGroups(protocol: number, groups: readonly number[]): Socket<'netlink'> {
  const socket = new Socket(AF_NETLINK, SOCK_RAW, protocol);
  try {
    socket.bind({});
    for (const group of groups) socket.setsockopt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group);
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

/**
 * News from a socket, which they own from now on.
 *
 * @param parse what a datagram has to tell
 * @param lost what to tell where the kernel had more than the socket could hold: ENOBUFS, netlink(7)
 */
export function newsOf<T>(
  socket: Socket<'netlink'>,
  parse: (data: Buffer) => T[],
  lost: T,
  wait?: WaitOptions,
): News<T> {
  const waiting: T[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const receive = async (): Promise<T[]> => {
    try {
      const { data, address } = await socket.recvfrom(LARGEST, wait);
      return address?.pid === 0 ? parse(data) : []; // from the kernel, that is
    } catch (error) {
      if ((error as SocketError).code === 'ENOBUFS') return [lost];
      const wasClosed = socket.closed;
      socket.close();
      if (wasClosed) return [];
      throw error;
    }
  };
  const advance = async (): Promise<IteratorResult<T, void>> => {
    while (waiting.length === 0 && !socket.closed) waiting.push(...(await receive()));
    if (waiting.length === 0) return { done: true, value: undefined };
    return { done: false, value: waiting.shift()! };
  };
  const end = () => {
    waiting.length = 0;
    socket.close();
  };
  const news: News<T> = {
    next() {
      const mine = last.then(advance, advance);
      last = mine.catch(() => {});
      return mine;
    },
    async return() {
      end();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => news,
    [Symbol.asyncDispose]: async () => end(),
  };
  return news;
}
