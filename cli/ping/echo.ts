/** ICMP echo messages over a ping socket, or over a raw socket where ping sockets are not permitted. RFC 792, RFC 4443. */

import { randomInt } from 'node:crypto';
import {
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  internetChecksum,
  type Message,
  PermissionError,
  SOCK_DGRAM,
  SOCK_RAW,
  Socket,
} from 'berkeley';
import { hoplimit, spaceFor, ttl } from 'berkeley/control';
import { so, unicast } from 'berkeley/options';
import { type InternetFamily, internet } from '../internet.js';
import type { Target } from '../target.js';

/** An echo reply. */
export interface EchoReply {
  readonly sequence: number;
  /** The address that answered. */
  readonly from: string;
  /** The TTL or hop limit of the reply; `undefined` if the kernel does not tell. */
  readonly hops: number | undefined;
  /** The number of bytes of ICMP: its header and the data. */
  readonly bytes: number;
}

/** Where requests leave and how far they go. */
export interface EchoPath {
  /** The TTL or hop limit of requests. */
  readonly ttl?: number | undefined;
  readonly interface?: string | undefined;
}

/** What differs between the two protocols. */
interface Protocol {
  readonly number: number;
  readonly request: number;
  readonly reply: number;
  readonly control: typeof ttl | typeof hoplimit;
}

const protocols: Readonly<Record<InternetFamily, Protocol>> = {
  inet: { number: IPPROTO_ICMP, request: 8, reply: 0, control: ttl },
  inet6: { number: IPPROTO_ICMPV6, request: 128, reply: 129, control: hoplimit },
};

const HEADER = 8;

/** A socket for echo messages to one host. */
export class EchoSocket implements Disposable {
  readonly socket: Socket<InternetFamily>;
  /** Ping sockets replace the identifier by their own and receive only the replies to it. */
  readonly #identifier = randomInt(0x10000);
  readonly #protocol: Protocol;
  readonly #isRaw: boolean;
  readonly #isInet: boolean;

  constructor(
    readonly target: Target,
    path: EchoPath,
  ) {
    this.#isInet = target.family === 'inet';
    this.#protocol = protocols[target.family];
    this.socket = openSocket(target.family, this.#protocol.number);
    this.#isRaw = this.socket.type === SOCK_RAW;
    try {
      this.#prepare(path);
    } catch (error) {
      this.socket.close();
      throw error;
    }
  }

  /** Sets the path of the requests. Asks for the TTL of replies, and for the ICMP errors that routers send. */
  #prepare({ ttl: hops, interface: device }: EchoPath): void {
    const { level, receiveHops, receiveErrors } = internet[this.target.family];
    if (device !== undefined) this.socket.setOption(so.bindtodevice, device);
    if (hops !== undefined) unicast.setHops(this.socket, hops);
    this.socket.setsockopt(level, receiveHops, true);
    this.socket.setsockopt(level, receiveErrors, true);
  }

  /** Sends an echo request with `size` bytes of data. */
  async send(sequence: number, size: number): Promise<void> {
    const message = Buffer.alloc(HEADER + size);
    message[0] = this.#protocol.request;
    message.writeUInt16BE(this.#identifier, 4);
    message.writeUInt16BE(sequence & 0xffff, 6);
    for (let at = HEADER; at < message.length; at++) message[at] = at & 0xff;
    // The kernel computes ICMPv6's checksum (RFC 3542, 3.1), and on ping sockets ICMP's.
    if (this.#isRaw && this.#isInet) message.writeUInt16BE(internetChecksum(message), 2);
    await this.socket.sendto(message, { ...this.target.address, port: 0 });
  }

  /** Waits for the next reply to a request of this socket. */
  async receive(): Promise<EchoReply> {
    for (;;) {
      const message = await this.socket.recvmsg(65536, { control: spaceFor(this.#protocol.control) });
      const reply = this.#parse(message);
      if (reply !== undefined) return reply;
    }
  }

  /** A raw socket receives the messages for every program, and in IPv4 with the header of the packet. */
  #parse({ data, control, address }: Message<InternetFamily>): EchoReply | undefined {
    const icmp = this.#isRaw && this.#isInet ? data.subarray((data[0]! & 0x0f) * 4) : data;
    if (icmp.length < HEADER || icmp[0] !== this.#protocol.reply) return undefined;
    if (this.#isRaw && icmp.readUInt16BE(4) !== this.#identifier) return undefined;
    return {
      sequence: icmp.readUInt16BE(6),
      from: address?.family === 'inet' || address?.family === 'inet6' ? address.host : this.target.host,
      hops: this.#protocol.control.find(control),
      bytes: icmp.length,
    };
  }

  [Symbol.dispose](): void {
    this.socket.close();
  }
}

function openSocket(family: InternetFamily, protocol: number): Socket<InternetFamily> {
  const number = internet[family].family;
  try {
    return new Socket(number, SOCK_DGRAM, protocol);
  } catch (notPermitted) {
    if (!(notPermitted instanceof PermissionError)) throw notPermitted;
    try {
      return new Socket(number, SOCK_RAW, protocol);
    } catch {
      throw notPermitted; // its remedy needs no privilege
    }
  }
}
