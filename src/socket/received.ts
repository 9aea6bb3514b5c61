/** The results of the calls that receive. */
import type { AddressOf, FamilyName } from '../address/address.js';
import type { ControlMessage } from '../message/control.js';

/** A received datagram. */
export interface Received<F extends FamilyName> {
  /** The bytes; empty at the end of a stream. */
  readonly data: Buffer;
  /** The sender. For families whose senders always have an address it is never `null`; see {@link SenderOf}. */
  readonly address: SenderOf<F>;
}

/** A datagram received into the caller's memory. */
export interface ReceivedInto<F extends FamilyName> {
  /** The number of bytes written to the buffer; with `MSG_TRUNC`, the full size of the datagram. */
  readonly bytesRead: number;
  /** The sender. */
  readonly address: SenderOf<F>;
}

/**
 * The address of a sender. It is `null` on connected streams of any family, because the kernel does not report it there,
 * and for senders without an address, such as Unix sockets that are not bound.
 */
export type SenderOf<F extends FamilyName> = AddressOf<F> | null;

/** The parts of a received message other than its data. */
export interface Envelope<F extends FamilyName> {
  readonly control: ControlMessage[];
  readonly flags: number;
  readonly address: SenderOf<F>;
}

/** Creates the result of a received message. */
export type MessageResult<F extends FamilyName, T> = (
  received: number,
  buffers: readonly Uint8Array[],
  envelope: Envelope<F>,
) => T;
