import type { AddressOf } from '../address/address.js';
import { NLM_F_ECHO, NLM_F_REQUEST } from '../families/netlink/constants.js';
import { acknowledgedError, parseNetlinkAcknowledgement } from './acknowledgement.js';
import { type NetlinkMessage, packNetlinkMessage, parseNetlinkMessages } from './message.js';

/** A request: the parts that stay the same when it is sent again. */
export interface NetlinkRequest {
  /** The type of the message. */
  readonly type: number;
  /** `NLM_F_` constants, or-ed. */
  readonly flags: number;
  /** The body and its attributes. */
  readonly payload: Uint8Array;
}

/** A datagram as it was received. */
interface Datagram {
  readonly data: Uint8Array;
  readonly address: AddressOf<'netlink'> | null;
}

/** One request, and the messages that answer it. */
export class Exchange {
  /** The request as bytes. */
  readonly request: Buffer;
  /** The answers so far, without the acknowledgement. */
  readonly answers: NetlinkMessage[] = [];
  readonly #port: number;
  readonly #protocol: number;
  readonly #sequence: number;
  readonly #meant: NetlinkRequest;
  #isComplete = false;

  /**
   * @param port the port of our socket
   * @param protocol the protocol of our socket
   * @param sequence the sequence number of the request
   */
  constructor(port: number, protocol: number, sequence: number, request: NetlinkRequest) {
    const { type, flags, payload } = request;
    this.#port = port;
    this.#protocol = protocol;
    this.#sequence = sequence;
    this.#meant = request;
    this.request = packNetlinkMessage({ type, flags: flags | NLM_F_REQUEST, sequence, payload });
  }

  /** Whether the kernel has sent the last message of the answer. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /**
   * Collects the answers in a datagram.
   *
   * @throws NetlinkError if the kernel refuses the request
   */
  receive({ data, address }: Datagram): void {
    if (address?.pid !== 0) return; // from another process, not from the kernel
    for (const message of parseNetlinkMessages(data)) {
      if (!this.#isAnswer(message, address.groups)) continue;
      const acknowledgement = parseNetlinkAcknowledgement(message);
      if (acknowledgement === undefined) {
        this.answers.push(message);
        continue;
      }
      this.#isComplete = true;
      const error = acknowledgedError(acknowledgement, this.#protocol, this.#meant);
      if (error !== undefined) throw error;
      return;
    }
  }

  /**
   * Notifications of a multicast group carry the sequence number of the request that caused them, which may be the number
   * of a request of another process. Such a message is an answer only if this request asked for an echo.
   */
  #isAnswer(message: NetlinkMessage, groups: number): boolean {
    if (message.sequence !== this.#sequence) return false;
    const wantsEcho = (this.#meant.flags & NLM_F_ECHO) !== 0;
    return groups === 0 || (wantsEcho && message.pid === this.#port);
  }
}
