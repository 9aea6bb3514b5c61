import type { Peer } from '../../address/driver.js';
import { binding } from '../../binding.js';
import { isAbsent } from '../../constants/constant.js';
import { SOL_UDP } from '../../constants/socket.js';
import { EINVAL, EIO, EMSGSIZE } from '../../errors/codes.js';
import { socketError } from '../../errors/errors.js';
import { UDP_SEGMENT } from '../../families/inet/constants.js';
import { encodeSegment, mostBytes, SEGMENTS } from '../../message/batch-segments.js';
import { YIELD } from '../../reactor/operation.js';
import type { Waitable } from '../../reactor/waitable.js';
import { Sending } from './send.js';
import type { Target } from './socket-operation.js';

/** How many system calls one attempt makes before others have their turn. */
const SHARE = 64;

const capable = new WeakMap<Waitable, boolean>();

/**
 * Whether the kernel can cut messages of this socket into datagrams. It has to be asked: a kernel or a family that does
 * not know the control message passes over it, and would send one datagram of all.
 */
export function canSegment(waitable: Waitable): boolean {
  const known = capable.get(waitable);
  if (known !== undefined) return known;
  const can = !isAbsent(UDP_SEGMENT) && binding.getsockoptInt(waitable.fd, SOL_UDP, UDP_SEGMENT) >= 0;
  capable.set(waitable, can);
  return can;
}

/** What a refusal of segments may mean. */
export function segmentHint(errno: number): string | undefined {
  if (errno !== EINVAL && errno !== EMSGSIZE) return undefined;
  return 'a segment and its headers have to fit into the MTU of the route, and before Linux 6.9 one message takes 64';
}

/**
 * sendmsg(2) with UDP_SEGMENT until all datagrams are sent, as many in a call as every kernel takes. It holds its lane
 * until then. Where the kernel cannot cut, we do, and each datagram is a call.
 */
export class SendSegments extends Sending<number> {
  readonly #control: Uint8Array;
  readonly #stride: number;
  #cuts: boolean;
  #sent = 0;
  #address: Uint8Array | null = null;

  constructor(
    socket: Target,
    data: Uint8Array,
    private readonly segmentSize: number,
    family: number,
    flags: number,
    added: number,
    private readonly peer: (() => Peer) | undefined,
  ) {
    super(socket, data, flags, added);
    this.#control = encodeSegment(segmentSize);
    this.#stride = segmentSize * Math.min(SEGMENTS, Math.floor(mostBytes(family) / segmentSize));
    this.#cuts = data.length <= segmentSize || !canSegment(socket.waitable);
  }

  override get syscall(): string {
    return 'sendmsg';
  }

  /** Says where to, if anywhere, before it is driven. */
  toward(address: Uint8Array | null): this {
    this.#address = address;
    return this;
  }

  attempt(): number {
    this.checkData();
    for (let step = 0; step < SHARE; step++) {
      const result = this.#sendPart();
      if (result < 0) return result;
      if (this.#sent >= this.length) return this.#sent;
    }
    return YIELD;
  }

  #sendPart(): number {
    const part = this.data.subarray(this.#sent, this.#sent + (this.#cuts ? this.segmentSize : this.#stride));
    const control = part.length <= this.segmentSize ? null : this.#control;
    const result = binding.sendmsg(this.socket.waitable.fd, [part], control, this.flags, this.#address);
    if (result === EIO && control !== null) {
      // The route's device cannot checksum, or IPsec stands between (net/ipv4/udp.c, udp_send_skb).
      this.#cuts = true;
      return 0;
    }
    if (result > 0) this.#sent += result;
    return result;
  }

  finish(result: number): number {
    return result;
  }

  override fail(errno: number): Error {
    const error = socketError(errno, { syscall: 'sendmsg', hint: segmentHint(errno), ...this.peer?.() });
    error.bytesTransferred = this.#sent;
    return error;
  }
}
