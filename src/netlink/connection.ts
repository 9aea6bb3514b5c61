/** A conversation with the kernel: requests, dumps, acknowledgements, errors. */
import { littleEndian } from '../address/byte-order.js';
import type { Wait } from '../address/registry.js';
import { SOCK_RAW, SOL_NETLINK } from '../constants/socket.js';
import { type SocketError, socketError, socketErrorOf } from '../errors/errors.js';
import {
  AF_NETLINK,
  NETLINK_CAP_ACK,
  NETLINK_EXT_ACK,
  NETLINK_GET_STRICT_CHK,
  NLM_F_ACK,
  NLM_F_ACK_TLVS,
  NLM_F_CAPPED,
  NLM_F_DUMP,
  NLM_F_DUMP_INTR,
  NLM_F_REQUEST,
  NLMSG_DONE,
  NLMSG_ERROR,
  NLMSGERR_ATTR_MSG,
} from '../families/netlink/constants.js';
import '../families/netlink/netlink.js';
import { nlmsgerr, nlmsghdr } from '../families/netlink/layout.js';
import type { Bytes } from '../message/bytes.js';
import { Socket } from '../socket/socket.js';
import { attributeText, parseNetlinkAttributes } from './attributes.js';
import { align, type NetlinkMessage, packNetlinkMessage, parseNetlinkMessages } from './message.js';

/** More than any message of the kernel: NLMSG_GOODSIZE is 8 KiB at most, dumps come in up to 32 KiB (af_netlink.c). */
const LARGEST = 65536;
/** How often a dump is begun again when what it lists changed meanwhile. */
const RETRIES = 8;

/** What an NLMSG_ERROR says: 0 for an acknowledgement, else the error with the kernel's own words (NETLINK_EXT_ACK). */
function errorOf({ payload, flags }: NetlinkMessage): SocketError | undefined {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const errno = payload.length < 4 ? 0 : view.getInt32(nlmsgerr.error, littleEndian);
  if (errno === 0) return undefined;
  const hint = flags & NLM_F_ACK_TLVS ? explanation(payload, view, flags) : undefined;
  return socketError(errno, { syscall: 'netlink', hint });
}

/** The attributes come after the request's head, and after the whole of the request where it is not capped. */
function explanation(payload: Buffer, view: DataView, flags: number): string | undefined {
  const length = view.getUint32(nlmsgerr.msg + nlmsghdr.nlmsg_len, littleEndian);
  const at = nlmsgerr.msg + (flags & NLM_F_CAPPED ? nlmsghdr.size : align(length));
  return attributeText(parseNetlinkAttributes(payload.subarray(at)).get(NLMSGERR_ATTR_MSG));
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
  #sequence = 0;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param protocol `NETLINK_ROUTE`, `NETLINK_GENERIC`, …
   * @throws SocketError `EPROTONOSUPPORT` if this kernel lacks the protocol
   */
  constructor(protocol: number) {
    this.socket = new Socket(AF_NETLINK, SOCK_RAW, protocol);
    this.socket.bind({});
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
   * @throws SocketError what the kernel says, with its own words as `hint`
   */
  request(type: number, payload: Bytes, flags = 0, wait?: Wait): Promise<NetlinkMessage[]> {
    return this.#inTurn(() => this.#exchange(type, payload, flags | NLM_F_ACK, wait));
  }

  /**
   * Asks for a list of all there is. Where the list changed while it was made, it is asked for again.
   *
   * @param type of the message: `RTM_GETLINK`, …
   * @param payload the body, and attributes after it, which narrow the list
   * @throws SocketError what the kernel says; `EINTR` if the list kept changing
   */
  dump(type: number, payload: Bytes, wait?: Wait): Promise<NetlinkMessage[]> {
    return this.#inTurn(async () => {
      for (let i = 0; i < RETRIES; i++) {
        const messages = await this.#exchange(type, payload, NLM_F_DUMP, wait);
        if (!messages.some(({ flags }) => flags & NLM_F_DUMP_INTR)) return messages;
      }
      throw socketErrorOf('EINTR', { syscall: 'netlink', hint: 'what was to be listed kept changing' });
    });
  }

  /** One request at a time: the answers of two would be told apart, but not the errors of a lost one. */
  #inTurn<T>(exchange: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(exchange, exchange);
    this.#last = mine.catch(() => {});
    return mine;
  }

  async #exchange(type: number, payload: Bytes, flags: number, wait?: Wait): Promise<NetlinkMessage[]> {
    this.#sequence = (this.#sequence + 1) >>> 0;
    const sequence = this.#sequence;
    const request = packNetlinkMessage({ type, flags: flags | NLM_F_REQUEST, sequence, payload });
    await this.socket.sendto(request, 0, { pid: 0 }, wait);
    const answers: NetlinkMessage[] = [];
    for (;;) {
      // Whoever else sends to us is not the kernel: its port is not 0.
      const { data, address } = await this.socket.recvfrom(LARGEST, 0, wait);
      if (address?.pid !== 0) continue;
      for (const message of parseNetlinkMessages(data).filter(answer => answer.sequence === sequence)) {
        if (message.type === NLMSG_DONE) return answers;
        if (message.type !== NLMSG_ERROR) answers.push(message);
        else {
          const error = errorOf(message);
          if (error === undefined) return answers;
          throw error;
        }
      }
    }
  }
}
