/** A conversation with the kernel: requests, dumps, acknowledgements, errors. */

import { MSG_DONTWAIT, SOCK_RAW, SOL_NETLINK } from '../constants/socket.js';
import { invalidState } from '../errors/argument.js';
import { type SocketError, socketErrorOf } from '../errors/errors.js';
import {
  AF_NETLINK,
  NETLINK_CAP_ACK,
  NETLINK_EXT_ACK,
  NETLINK_GET_STRICT_CHK,
  NLM_F_ACK,
  NLM_F_DUMP,
  NLM_F_DUMP_INTR,
  NLM_F_ECHO,
  NLM_F_REQUEST,
} from '../families/netlink/constants.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import '../families/netlink/netlink.js';
import type { Bytes } from '../message/bytes.js';
import type { Received } from '../socket/operations/receive.js';
import { Socket } from '../socket/socket.js';
import { acknowledgedError, parseNetlinkAcknowledgement } from './acknowledgement.js';
import { type NetlinkMessage, packNetlinkMessage, parseNetlinkMessages } from './message.js';

/** More than any message of the kernel: NLMSG_GOODSIZE is 8 KiB at most, dumps come in up to 32 KiB (af_netlink.c). */
const LARGEST = 65536;
/** How often a dump is begun again when what it lists changed meanwhile. */
const RETRIES = 8;

const THE_KERNEL = { pid: 0 };

/** One request, and its answer as it comes in. */
class Exchange {
  readonly request: Buffer;
  readonly answers: NetlinkMessage[] = [];
  /** Whether the kernel has said its last word. */
  isOver = false;
  private readonly wantsEcho: boolean;

  constructor(
    private readonly port: number,
    private readonly sequence: number,
    type: number,
    payload: Bytes,
    flags: number,
  ) {
    this.wantsEcho = (flags & NLM_F_ECHO) !== 0;
    this.request = packNetlinkMessage({ type, flags: flags | NLM_F_REQUEST, sequence, payload });
  }

  /** Takes in what was received. */
  take({ data, address }: Received<'netlink'>): void {
    // Whoever else sends to us is not the kernel: its port is not 0.
    if (address?.pid !== 0) return;
    for (const message of parseNetlinkMessages(data)) {
      if (message.sequence !== this.sequence) continue;
      // News of a group carries the number of the request that made it, ours or another's: what we asked for is an echo.
      if (address.groups !== 0 && !(this.wantsEcho && message.pid === this.port)) continue;
      const acknowledgement = parseNetlinkAcknowledgement(message);
      if (acknowledgement === undefined) {
        this.answers.push(message);
        continue;
      }
      this.isOver = true;
      const error = acknowledgedError(acknowledgement);
      if (error !== undefined) throw error;
      return;
    }
  }
}

/** The answers to a dump; `undefined` where what it lists changed meanwhile. */
function consistent(answers: NetlinkMessage[]): NetlinkMessage[] | undefined {
  return answers.some(({ flags }) => flags & NLM_F_DUMP_INTR) ? undefined : answers;
}

function keptChanging(): SocketError {
  return socketErrorOf('EINTR', { syscall: 'netlink', hint: 'what was to be listed kept changing' });
}

/**
 * A netlink socket that makes requests, one after the other.
 *
 * ```ts
 * using route = new NetlinkConnection(NETLINK_ROUTE);
 * for (const message of await route.dump(RTM_GETLINK, Buffer.alloc(16))) …
 * ```
 */
export class NetlinkConnection {
  /** The socket, for options and for memberships. */
  readonly socket: Socket<'netlink'>;
  readonly #port: number;
  #sequence = 0;
  #last: Promise<unknown> = Promise.resolve();
  #pending = 0;
  /** A request whose answer nobody waited for: it is still coming, and a dump keeps the kernel from beginning another. */
  #abandoned = false;

  /**
   * @param protocol `NETLINK_ROUTE`, `NETLINK_GENERIC`, …
   * @throws UnsupportedError `EPROTONOSUPPORT` if this kernel lacks the protocol
   */
  constructor(protocol: number) {
    this.socket = new Socket(AF_NETLINK, SOCK_RAW, protocol);
    this.socket.bind({});
    this.#port = this.socket.getsockname().pid;
    // Each makes answers better where the kernel has it (4.12, 4.20), and nothing worse where it has not.
    for (const option of [NETLINK_EXT_ACK, NETLINK_CAP_ACK, NETLINK_GET_STRICT_CHK]) {
      try {
        this.socket.setsockopt(SOL_NETLINK, option, 1);
      } catch {}
    }
  }

  /** Closes the socket. */
  close(): void {
    this.socket.close();
  }

  /** Closes the socket at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close();
  }

  /**
   * Asks for one thing, or for something to be done.
   *
   * @param type of the message: `RTM_NEWADDR`, …
   * @param payload the body, and attributes after it
   * @param flags more `NLM_F_` flags: `NLM_F_CREATE`, `NLM_F_EXCL`, …
   * @returns the answers, without the acknowledgement
   * @throws SocketError what the kernel says, with its own words as `hint`: a {@link NetlinkError}
   */
  request(type: number, payload: Bytes, flags = 0, wait?: WaitOptions): Promise<NetlinkMessage[]> {
    return this.#inTurn(() => this.#exchange(type, payload, flags | NLM_F_ACK, wait));
  }

  /** {@link request}, in this thread. It throws where a promise of this connection is pending. */
  requestSync(type: number, payload: Bytes, flags = 0): NetlinkMessage[] {
    return this.#exchangeSync(type, payload, flags | NLM_F_ACK);
  }

  /**
   * Asks for a list of all there is. Where the list changed while it was made, it is asked for again.
   *
   * @param type of the message: `RTM_GETLINK`, …
   * @param payload the body, and attributes after it, which narrow the list
   * @throws SocketError what the kernel says, a {@link NetlinkError}; `EINTR` if the list kept changing
   */
  dump(type: number, payload: Bytes, wait?: WaitOptions): Promise<NetlinkMessage[]> {
    return this.#inTurn(async () => {
      for (let i = 0; i < RETRIES; i++) {
        const messages = consistent(await this.#exchange(type, payload, NLM_F_DUMP, wait));
        if (messages !== undefined) return messages;
      }
      throw keptChanging();
    });
  }

  /** {@link dump}, in this thread. It throws where a promise of this connection is pending. */
  dumpSync(type: number, payload: Bytes): NetlinkMessage[] {
    for (let i = 0; i < RETRIES; i++) {
      const messages = consistent(this.#exchangeSync(type, payload, NLM_F_DUMP));
      if (messages !== undefined) return messages;
    }
    throw keptChanging();
  }

  /** One request at a time: the answers of two would be told apart, but not the errors of a lost one. */
  #inTurn<T>(exchange: () => Promise<T>): Promise<T> {
    this.#pending++;
    const mine = this.#last.then(exchange, exchange).finally(() => {
      this.#pending--;
    });
    this.#last = mine.catch(() => {});
    return mine;
  }

  #begin(type: number, payload: Bytes, flags: number): Exchange {
    const sequence = (this.#sequence + 1) >>> 0;
    const exchange = new Exchange(this.#port, sequence, type, payload, flags);
    this.#sequence = sequence;
    if (this.#abandoned) this.#drain();
    this.#abandoned = true; // until it is over
    return exchange;
  }

  async #exchange(
    type: number,
    payload: Bytes,
    flags: number,
    wait?: WaitOptions,
  ): Promise<NetlinkMessage[]> {
    const exchange = this.#begin(type, payload, flags);
    try {
      await this.socket.sendto(exchange.request, THE_KERNEL, wait);
      while (!exchange.isOver) exchange.take(await this.socket.recvfrom(LARGEST, wait));
    } finally {
      this.#abandoned = !exchange.isOver;
    }
    return exchange.answers;
  }

  #exchangeSync(type: number, payload: Bytes, flags: number): NetlinkMessage[] {
    if (this.#pending > 0) throw invalidState('A promise of this connection is pending');
    const exchange = this.#begin(type, payload, flags);
    try {
      this.socket.sendtoSync(exchange.request, THE_KERNEL);
      while (!exchange.isOver) exchange.take(this.socket.recvfromSync(LARGEST));
    } finally {
      this.#abandoned = !exchange.isOver;
    }
    return exchange.answers;
  }

  /** Reads to the end of what is there: the kernel goes on with a dump when it is read, and refuses another until then. */
  #drain(): void {
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
