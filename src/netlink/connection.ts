import { MSG_DONTWAIT, SOL_NETLINK } from '../constants/socket.js';
import { checkInteger, invalidState } from '../errors/argument.js';
import { closedError, SocketError, socketErrorOf, TimeoutError } from '../errors/errors.js';
import {
  NETLINK_CAP_ACK,
  NETLINK_EXT_ACK,
  NETLINK_GET_STRICT_CHK,
  NLM_F_ACK,
  NLM_F_DUMP,
  NLM_F_DUMP_INTR,
} from '../families/netlink/constants.js';
import type { Bytes } from '../layout/memory.js';
import { toBytes } from '../layout/memory.js';
import { WaitDeadline } from '../reactor/wait-deadline.js';
import {
  checkSyncWaitOptions,
  checkWaitOptions,
  type SyncWaitOptions,
  type WaitOptions,
} from '../reactor/wait-options.js';
import type { Socket } from '../socket/socket.js';
import { Exchange, type NetlinkRequest } from './exchange.js';
import type { NetlinkMessage } from './message.js';
import { openNetlinkSocket } from './open.js';
import { RequestQueue } from './request-queue.js';

/** Larger than any message of the kernel: NLMSG_GOODSIZE is at most 8 KiB, dumps arrive in up to 32 KiB (af_netlink.c). */
const LARGEST = 65536;

/** How often a dump is repeated when the list changed while the kernel sent it. */
const DUMP_ATTEMPTS = 8;

const KERNEL = { pid: 0 };

/** The options of a request. */
export interface NetlinkRequestOptions extends WaitOptions {
  /** Additional `NLM_F_` constants, or-ed: `NLM_F_CREATE`, `NLM_F_EXCL`, … */
  readonly flags?: number | undefined;
}

/** The options of a request that blocks the thread. */
export interface SyncNetlinkRequestOptions extends SyncWaitOptions {
  /** Additional `NLM_F_` constants, or-ed: `NLM_F_CREATE`, `NLM_F_EXCL`, … */
  readonly flags?: number | undefined;
}

const REQUEST_KEYS: readonly string[] = ['flags'];

function checkFlags(flags: unknown, argument: string): number {
  return flags === undefined ? 0 : checkInteger(flags, argument, 0, 0xffff);
}

/** Checks and copies the parts of a request, so that the caller can change them while it waits for its turn. */
function checkRequest(type: number, payload: Bytes, flags: number): NetlinkRequest {
  return {
    type: checkInteger(type, 'type', 0, 0xffff),
    flags,
    payload: Uint8Array.from(toBytes(payload, 'payload')),
  };
}

/** Turns on what improves the answers. Kernels before 4.12 and 4.20 do not have all of it. */
function improveAnswers(socket: Socket<'netlink'>): void {
  for (const option of [NETLINK_EXT_ACK, NETLINK_CAP_ACK, NETLINK_GET_STRICT_CHK]) {
    try {
      socket.setsockopt(SOL_NETLINK, option, 1);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
    }
  }
}

/** Whether the list stayed the same while the kernel sent it. */
function isConsistent(answers: readonly NetlinkMessage[]): boolean {
  return !answers.some(({ flags }) => flags & NLM_F_DUMP_INTR);
}

function keptChanging(): SocketError {
  return socketErrorOf('EINTR', { syscall: 'netlink', hint: 'the list changed during every attempt' });
}

/** The error of a receive or a send, as the error of the request that it belongs to. */
function requestError(error: unknown, deadline: WaitDeadline): unknown {
  const isOver = error instanceof TimeoutError || (error as { code?: unknown })?.code === 'EAGAIN';
  return isOver ? deadline.error() : error;
}

/**
 * A netlink socket that sends requests to the kernel and collects the answers, one request at a time.
 *
 * ```ts
 * using route = new NetlinkConnection(NETLINK_ROUTE);
 * for (const message of await route.dump(RTM_GETLINK, Buffer.alloc(16))) …
 * ```
 */
export class NetlinkConnection {
  /** The socket, for its options and multicast groups. */
  readonly socket: Socket<'netlink'>;
  readonly #port: number;
  readonly #queue: RequestQueue = new RequestQueue();
  #sequence = 0;
  /** Whether the answer of an earlier request was not received completely. An unfinished dump blocks the next one. */
  #hasUnread = false;

  /**
   * Opens and binds a socket.
   *
   * @param protocol `NETLINK_ROUTE`, `NETLINK_GENERIC`, …
   * @throws UnsupportedError `EPROTONOSUPPORT` if the kernel does not support the protocol
   * @throws TypeError naming the argument
   */
  constructor(protocol: number) {
    const { socket, result } = openNetlinkSocket(protocol, opened => {
      improveAnswers(opened);
      return opened.getsockname().pid;
    });
    this.socket = socket;
    this.#port = result;
  }

  /** Closes the socket. Requests that wait are rejected with `EBADF`. */
  close(): void {
    this.#queue.rejectWaiting(() =>
      closedError('netlink', 'the connection was closed while the request waited'),
    );
    this.socket.close();
  }

  /** Closes the socket at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close();
  }

  /**
   * Sends a request and returns the answers.
   *
   * @param type the type of the message: `RTM_NEWADDR`, …
   * @param payload the body, followed by attributes
   * @param options additional `NLM_F_` flags as a number, or `flags`, `timeout` (milliseconds) and `signal`. The timeout
   *   includes the time in which earlier requests of this connection are answered.
   * @returns the answers, without the acknowledgement
   * @throws SocketError if the kernel refuses the request: a {@link NetlinkError}, with the kernel's own message as `hint`
   * @throws TimeoutError if the timeout has passed; `EAGAIN` if it is 0 and the answer is not there
   * @throws TypeError or RangeError naming the argument
   */
  async request(
    type: number,
    payload: Bytes,
    options?: number | NetlinkRequestOptions,
  ): Promise<NetlinkMessage[]> {
    const isNumber = typeof options === 'number';
    const deadline = new WaitDeadline('netlink', checkWaitOptions(isNumber ? {} : options, REQUEST_KEYS));
    const flags = isNumber ? checkFlags(options, 'flags') : checkFlags(options?.flags, 'options.flags');
    const request = checkRequest(type, payload, flags | NLM_F_ACK);
    return this.#queue.run(deadline, () => this.#exchange(request, deadline));
  }

  /**
   * Sends a request and returns the answers. Blocks the thread.
   *
   * @param type the type of the message
   * @param payload the body, followed by attributes
   * @param options additional `NLM_F_` flags as a number, or `flags` and `timeout` (milliseconds)
   * @throws Error `ERR_INVALID_STATE` if a promise of this connection is pending
   * @see {@link request}
   */
  requestSync(type: number, payload: Bytes, options?: number | SyncNetlinkRequestOptions): NetlinkMessage[] {
    const isNumber = typeof options === 'number';
    const timeout = checkSyncWaitOptions(isNumber ? {} : options, REQUEST_KEYS);
    const flags = isNumber ? checkFlags(options, 'flags') : checkFlags(options?.flags, 'options.flags');
    const request = checkRequest(type, payload, flags | NLM_F_ACK);
    return this.#exchangeSync(request, new WaitDeadline('netlink', { timeout }));
  }

  /**
   * Requests a complete list. If the list changes while the kernel sends it, the request is repeated.
   *
   * @param type the type of the message: `RTM_GETLINK`, …
   * @param payload the body, followed by attributes, which can narrow the list
   * @param options `timeout` (milliseconds) and `signal`. The timeout is one limit for the whole list, with repetitions
   *   and with the time in which earlier requests of this connection are answered.
   * @throws SocketError if the kernel refuses the request: a {@link NetlinkError}; `EINTR` if the list changed during
   *   every attempt
   * @throws TimeoutError if the timeout has passed; `EAGAIN` if it is 0 and the answer is not there
   * @throws TypeError or RangeError naming the argument
   */
  async dump(type: number, payload: Bytes, options?: WaitOptions): Promise<NetlinkMessage[]> {
    const deadline = new WaitDeadline('netlink', checkWaitOptions(options));
    const request = checkRequest(type, payload, NLM_F_DUMP);
    return this.#queue.run(deadline, async () => {
      for (let attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
        const answers = await this.#exchange(request, deadline);
        if (isConsistent(answers)) return answers;
      }
      throw keptChanging();
    });
  }

  /**
   * Requests a complete list. Blocks the thread.
   *
   * @param type the type of the message
   * @param payload the body, followed by attributes
   * @param options `timeout` (milliseconds): one limit for the whole list
   * @throws Error `ERR_INVALID_STATE` if a promise of this connection is pending
   * @see {@link dump}
   */
  dumpSync(type: number, payload: Bytes, options?: SyncWaitOptions): NetlinkMessage[] {
    const deadline = new WaitDeadline('netlink', { timeout: checkSyncWaitOptions(options) });
    const request = checkRequest(type, payload, NLM_F_DUMP);
    for (let attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
      const answers = this.#exchangeSync(request, deadline);
      if (isConsistent(answers)) return answers;
    }
    throw keptChanging();
  }

  async #exchange(request: NetlinkRequest, deadline: WaitDeadline): Promise<NetlinkMessage[]> {
    const exchange = this.#begin(request);
    try {
      await this.#send(exchange.request, deadline);
      while (!exchange.isComplete) exchange.receive(await this.#receive(deadline));
    } finally {
      this.#hasUnread = !exchange.isComplete;
    }
    return exchange.answers;
  }

  #exchangeSync(request: NetlinkRequest, deadline: WaitDeadline): NetlinkMessage[] {
    if (this.#queue.isBusy) throw invalidState('A promise of this connection is pending');
    const exchange = this.#begin(request);
    try {
      this.#blocking(deadline, wait => this.socket.sendtoSync(exchange.request, KERNEL, wait));
      while (!exchange.isComplete) {
        exchange.receive(this.#blocking(deadline, wait => this.socket.recvfromSync(LARGEST, wait)));
      }
    } finally {
      this.#hasUnread = !exchange.isComplete;
    }
    return exchange.answers;
  }

  #begin(request: NetlinkRequest): Exchange {
    this.#sequence = (this.#sequence + 1) >>> 0;
    const exchange = new Exchange(this.#port, this.socket.protocol, this.#sequence, request);
    if (this.#hasUnread) this.#discardUnread();
    this.#hasUnread = true; // until the exchange is complete
    return exchange;
  }

  async #send(bytes: Uint8Array, deadline: WaitDeadline): Promise<void> {
    deadline.check();
    try {
      await this.socket.sendto(bytes, KERNEL, deadline.rest);
    } catch (error) {
      throw requestError(error, deadline);
    }
  }

  async #receive(deadline: WaitDeadline): ReturnType<Socket<'netlink'>['recvfrom']> {
    deadline.check();
    try {
      return await this.socket.recvfrom(LARGEST, deadline.rest);
    } catch (error) {
      throw requestError(error, deadline);
    }
  }

  /** Makes a Sync call that waits at most until the deadline. Without one, `socket.timeout` counts. */
  #blocking<T>(deadline: WaitDeadline, call: (wait: SyncWaitOptions) => T): T {
    deadline.check();
    const { left } = deadline;
    try {
      return call(left === undefined ? {} : { timeout: left });
    } catch (error) {
      throw requestError(error, deadline);
    }
  }

  /**
   * Discards the rest of an answer. The kernel continues a dump only when its parts are read, and refuses another dump
   * until then.
   */
  #discardUnread(): void {
    for (;;) {
      try {
        this.socket.recvSync(LARGEST, MSG_DONTWAIT);
      } catch (error) {
        const { code } = error as SocketError;
        if (code === 'EAGAIN') return;
        if (code !== 'ENOBUFS') throw error;
      }
    }
  }
}
