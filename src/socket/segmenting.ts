import type { AddressInput, AddressOf, FamilyName } from '../address/address.js';
import type { Peer } from '../address/driver.js';
import { MSG_DONTWAIT, SOCK_STREAM } from '../constants/socket.js';
import { checkInteger, invalidState } from '../errors/argument.js';
import { type Bytes, toBytes } from '../layout/memory.js';
import { checkSegmentSize, cut, SEGMENT_SPACE, segmentSizeIn } from '../message/batch-segments.js';
import { discardAll } from '../message/descriptors.js';
import type { Message } from '../message/message.js';
import { POLLOUT } from '../reactor/events.js';
import type { Operation } from '../reactor/operation.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { promised } from './handle.js';
import { SendSegments } from './operations/segments.js';
import { Passer } from './passing.js';
import { checkFlags, sourceOf } from './receiving.js';
import { takeFrom } from './scratch.js';

/** Datagrams that were received in one piece. */
export interface ReceivedSegments<F extends FamilyName> extends Omit<Message<F>, 'control' | 'data'> {
  /** The datagrams, in the order in which they came; all of one size, but the last may be shorter. */
  readonly segments: Buffer[];
}

/** The most that the kernel joins: one IP packet. */
const MOST = 65535;
/** FamilyDriver for what the kernel puts before the size of the segments: timestamps, drop counts, marks. */
const BEFORE = 512;

/** Many datagrams in one piece: UDP_SEGMENT and UDP_GRO of udp(7). */
export abstract class Segmenter<F extends FamilyName> extends Passer<F> {
  /**
   * Sends `data` as datagrams of `segmentSize` bytes, the last of what is left over.
   *
   * On UDP sockets the kernel does the cutting (UDP_SEGMENT): one system call for 64 datagrams, or as many as make up
   * 65,507 bytes. Where it cannot (Linux before 4.18, other systems and families, or a route that answers `EIO`:
   * IPsec, a device without checksums) we cut, with one system call a datagram. No other call's data gets in between.
   *
   * @param data bytes, or a string as UTF-8, as many as you like; leave it unchanged until the promise settles
   * @param segmentSize bytes; with the headers it has to fit into the MTU of the route
   * @param address where it goes; nothing on connected sockets. A host name is resolved.
   * @param flags as in {@link send}
   * @param wait a signal, a timeout for the whole
   * @returns how many bytes were sent, which is all
   * @throws SocketError `EINVAL` or `EMSGSIZE` if a segment does not fit the route, and as {@link sendto}; its
   *   `bytesTransferred` says how much had been sent
   * @throws RangeError if `segmentSize` is less than 1 or more than one datagram carries
   * @see udp(7), UDP_SEGMENT
   */
  sendSegments(
    data: Bytes,
    segmentSize: number,
    address?: AddressInput<F> | AddressOf<F> | null,
    flags = 0,
    wait?: WaitOptions,
  ): Promise<number> {
    return promised(() => {
      const input = (address ?? null) as AddressInput<F> | null;
      const operation = this.#sendSegments(data, segmentSize, input, flags, MSG_DONTWAIT);
      const { output } = this.waitable;
      if (input === null) return this.drive(output, operation, wait);
      return this.withAddress(input, wait, (to, left) => this.drive(output, operation.toward(to), left));
    });
  }

  /** {@link sendSegments}, in this thread, in the mode that {@link timeout} says. */
  sendSegmentsSync(
    data: Bytes,
    segmentSize: number,
    address?: AddressInput<F> | AddressOf<F> | null,
    flags = 0,
  ): number {
    const input = (address ?? null) as AddressInput<F> | null;
    const operation = this.#sendSegments(data, segmentSize, input, flags, 0);
    return this.driveSync(POLLOUT, operation.toward(input === null ? null : this.encodeSync(input)));
  }

  /**
   * Receives the datagrams that the kernel delivers in one piece: many where `UDP_GRO` is set and a sender's datagrams
   * of one size came close together, else one.
   *
   * ```ts
   * socket.setsockopt(IPPROTO_UDP, UDP_GRO, 1);
   * const { segments, address } = await socket.recvSegments();
   * ```
   *
   * @param size the most bytes of all of them; 65,535, which always suffices, by default
   * @param flags as in {@link recv}
   * @param wait a signal, a timeout
   * @see udp(7), UDP_GRO
   */
  recvSegments(size = MOST, flags = 0, wait?: WaitOptions): Promise<ReceivedSegments<F>> {
    return promised(() =>
      this.drive(this.source(flags), this.#recvSegments(size, flags, MSG_DONTWAIT), wait),
    );
  }

  /** {@link recvSegments}, in this thread, in the mode that {@link timeout} says. */
  recvSegmentsSync(size = MOST, flags = 0): ReceivedSegments<F> {
    return this.driveSync(sourceOf(flags), this.#recvSegments(size, flags, 0));
  }

  #sendSegments(
    data: Bytes,
    segmentSize: number,
    address: AddressInput<F> | null,
    flags: number,
    added: number,
  ): SendSegments {
    if (this.type === SOCK_STREAM) throw invalidState('A stream has no datagrams to be cut into');
    checkSegmentSize(segmentSize, this.family);
    const peer = address === null ? undefined : (): Peer => this.driver.describe(address);
    const bytes = toBytes(data, 'data');
    return new SendSegments(this, bytes, segmentSize, this.family, checkFlags(flags), added, peer);
  }

  #recvSegments(size: number, flags: number, added: number): Operation<ReceivedSegments<F>> {
    checkInteger(size, 'size', 0, 0x7fffffff);
    const room = BEFORE + SEGMENT_SPACE;
    return this.receiveMessage(size, room, flags, added, (received, [memory], { control, ...rest }) => {
      discardAll(control); // on Unix sockets, where the room would let some in
      const data = takeFrom(memory as Buffer, Math.min(received, size));
      return { segments: cut(data, segmentSizeIn(control)), ...rest };
    });
  }
}
