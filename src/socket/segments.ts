/** Sends and receives many datagrams per system call: UDP_SEGMENT and UDP_GRO of udp(7). */
import type { FamilyName } from '../address/address.js';
import { binding } from '../binding.js';
import { isAbsent } from '../constants/constant.js';
import { SOCK_STREAM, SOL_UDP } from '../constants/socket.js';
import { invalidState } from '../errors/argument.js';
import { EIO } from '../errors/codes.js';
import type { SocketError } from '../errors/errors.js';
import { UDP_SEGMENT } from '../families/inet/constants.js';
import { type Bytes, toBytes } from '../layout/memory.js';
import {
  checkSegmentSize,
  cut,
  encodeSegment,
  mostBytes,
  SEGMENTS,
  segmentSizeIn,
  segmentSpace,
} from '../message/batch-segments.js';
import { discardAll } from '../message/descriptors.js';
import type { Message } from '../message/message.js';
import { type Operation, YIELD } from '../reactor/operation.js';
import type { PollHandle } from '../reactor/poll-handle.js';
import { isOneByOne, lacksBatches } from './batch.js';
import {
  type Call,
  type CallOptions,
  callKeys,
  type Form,
  optionsOf,
  parseCall,
  type SyncCallOptions,
} from './call.js';
import type { AnyCore, Core } from './core.js';
import { ADDRESSED_KEYS, type AddressedOptions } from './descriptors.js';
import { Destination } from './destination.js';
import { exceptEarlierErrors } from './earlier-error.js';
import { fitsParts, PARTS, sendParts } from './equal-parts.js';
import { receiveWith } from './message.js';
import { checkSize } from './receive.js';
import { takeFrom } from './scratch.js';
import { Sending } from './send.js';

/** The number of system calls, of up to 64 KiB each, per attempt, before other sockets are served. */
const SHARE = PARTS;

/** A message with which nothing requires a system call of its own. */
const ANY = { oneByOne: false };

const capable = new WeakMap<PollHandle, boolean>();

/**
 * Returns whether the kernel can divide messages of this socket into datagrams. This must be checked: a kernel or a
 * family that does not support the control message ignores it and sends all data as one datagram.
 */
export function canSegment({ handle }: AnyCore): boolean {
  const known = capable.get(handle);
  if (known !== undefined) return known;
  const can = !isAbsent(UDP_SEGMENT) && binding.getsockoptInt(handle.fd, SOL_UDP, UDP_SEGMENT) >= 0;
  capable.set(handle, can);
  return can;
}

/**
 * Calls sendmsg(2) with UDP_SEGMENT until all datagrams are sent, with as many datagrams per call as every kernel
 * accepts. It stays first in its lane until then. If the kernel cannot divide the data, each datagram is one system
 * call.
 */
class SendSegments extends Sending<number> {
  readonly #control: Uint8Array;
  readonly #stride: number;
  #cuts: boolean;
  #sent = 0;

  constructor(
    core: AnyCore,
    call: Call,
    data: Uint8Array,
    private readonly segmentSize: number,
    private readonly to: Destination | null,
  ) {
    super(core, call, data);
    this.#control = encodeSegment(segmentSize);
    this.#stride = segmentSize * Math.min(SEGMENTS, Math.floor(mostBytes(core.family) / segmentSize));
    this.#cuts = data.length <= segmentSize || !canSegment(core);
  }

  override get syscall(): string {
    return 'sendmsg';
  }

  override get sockaddr(): Uint8Array | null {
    return this.to === null ? null : this.to.sockaddr;
  }

  protected override get options(): object | undefined {
    return this.#cuts ? undefined : { segmentSize: this.segmentSize };
  }

  get progress(): number {
    return this.#sent;
  }

  attempt(): number {
    this.checkData();
    if (this.to !== null && this.to.sockaddr === null) return this.to.prepare();
    for (let left = SHARE; left > 0; ) {
      const parts = this.#partsAtOnce(left);
      const result = parts > 1 ? this.#sendParts(parts) : this.#sendPart();
      if (result < 0) return result;
      if (this.#sent >= this.length) return this.#sent;
      left -= parts;
    }
    return YIELD;
  }

  /** Returns the number of messages that the next system call sends. Only those of full length go together. */
  #partsAtOnce(most: number): number {
    const isSegmented = !this.#cuts && this.#stride > this.segmentSize;
    if (!isSegmented || isOneByOne(ANY) || !fitsParts(this.sockaddr)) return 1;
    return Math.max(Math.min(most, PARTS, Math.floor((this.length - this.#sent) / this.#stride)), 1);
  }

  #sendParts(count: number): number {
    const { sockaddr } = this;
    const { fd } = this.core;
    const rest = this.data.subarray(this.#sent);
    const send = () => sendParts(fd, rest, this.#stride, count, this.#control, this.flags, sockaddr);
    const result = exceptEarlierErrors(this.core, sockaddr, send);
    if (lacksBatches(result)) return 0;
    if (result === EIO) return this.#cut();
    if (result > 0) this.#sent += result * this.#stride;
    return result;
  }

  /**
   * From now on, each datagram is one system call: the device of the route has no checksum offload, or the route uses
   * IPsec (net/ipv4/udp.c, udp_send_skb).
   */
  #cut(): number {
    this.#cuts = true;
    return 0;
  }

  #sendPart(): number {
    const part = this.data.subarray(this.#sent, this.#sent + (this.#cuts ? this.segmentSize : this.#stride));
    const control = part.length <= this.segmentSize ? null : this.#control;
    const { sockaddr } = this;
    const send = () => binding.sendmsg(this.core.fd, part, control, this.flags, sockaddr);
    const result = exceptEarlierErrors(this.core, sockaddr, send);
    if (result === EIO && control !== null) return this.#cut();
    if (result > 0) this.#sent += result;
    return result;
  }

  prepare(): void {
    this.to?.prepareNow();
  }

  finish(result: number): number {
    return result;
  }

  abandon(): void {
    this.to?.abandon();
  }

  protected override note(error: SocketError): SocketError {
    error.bytesTransferred = this.#sent;
    return error;
  }
}

/** Creates the operation of `sendSegments`. */
export function sendSegments<F extends FamilyName>(
  core: Core<F>,
  form: Form,
  data: Bytes,
  segmentSize: number,
  options: number | AddressedOptions<F> | undefined,
): Operation<number> {
  if (core.type === SOCK_STREAM)
    throw invalidState('sendSegments requires a datagram socket; this socket is a stream');
  checkSegmentSize(segmentSize, core.family);
  const bytes = toBytes(data, 'data');
  const call = parseCall(core, form, options, ADDRESSED_KEYS);
  const { address } = optionsOf<AddressedOptions<F>>(options);
  const to = address === undefined || address === null ? null : Destination.of(core, address, call);
  return new SendSegments(core, call, bytes, segmentSize, to);
}

/** Datagrams that were received in one call. */
export interface ReceivedSegments<F extends FamilyName> extends Omit<Message<F>, 'control' | 'data'> {
  /** The datagrams in the order of their arrival. All have the same size, except the last, which can be shorter. */
  readonly segments: Buffer[];
}

/** The size option of `recvSegments`. */
interface SizeOption {
  /** The maximum number of bytes of all datagrams together; 65,535 by default, which is always enough. */
  readonly size?: number | undefined;
}

/** The options of `recvSegments`. */
export interface SegmentsOptions extends CallOptions, SizeOption {}
/** The options of `recvSegmentsSync`. */
export interface SyncSegmentsOptions extends SyncCallOptions, SizeOption {}

const KEYS = callKeys('size');

/** The maximum number of bytes that the kernel joins: one IP packet. */
const MOST = 65535;
/** The space for control messages that the kernel writes before the segment size: timestamps, drop counts, marks. */
const BEFORE = 512;

/** Creates the operation of `recvSegments`. */
export function receiveSegments<F extends FamilyName>(
  core: Core<F>,
  form: Form,
  options: number | SegmentsOptions | undefined,
): Operation<ReceivedSegments<F>> {
  const call = parseCall(core, form, options, KEYS);
  const { size = MOST } = optionsOf<SegmentsOptions>(options);
  checkSize(size, 'options.size');
  const space = BEFORE + segmentSpace();
  return receiveWith<F, ReceivedSegments<F>>(core, call, size, space, (received, [memory], envelope) => {
    const { control, ...rest } = envelope;
    discardAll(control); // on Unix sockets, where the space would let some in
    const data = takeFrom(memory as Buffer, Math.min(received, memory!.length));
    return { segments: cut(data, segmentSizeIn(control)), ...rest };
  });
}
