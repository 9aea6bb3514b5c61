/** What a message is made of: one shape both ways. */
import type { AddressInput, AddressOf, FamilyName } from '../address/address.js';
import type { Bytes } from '../layout/memory.js';
import type { ControlInput, ControlMessage } from './control.js';

/** A received message; `sendmsg` takes it as it is. */
export interface Message<F extends FamilyName> {
  /** What was received; empty at the end of a stream. */
  readonly data: Buffer;
  /** The control messages that came along, raw. */
  readonly control: ControlMessage[];
  /** What the kernel says of the message: `MSG_TRUNC`, `MSG_CTRUNC`, `MSG_EOR`, `MSG_OOB`, `MSG_ERRQUEUE`. */
  readonly flags: number;
  /** Who sent it; `null` where the kernel does not say, as on connected streams. */
  readonly address: AddressOf<F> | null;
}

/** A message received into the caller's memory. */
export interface MessageInto<F extends FamilyName> extends Omit<Message<F>, 'data'> {
  /** How many bytes were written to the buffers; with `MSG_TRUNC` asked for, the datagram's true size. */
  readonly bytesRead: number;
}

/** A message to be sent. */
export interface MessageInput<F extends FamilyName> {
  /** Bytes, or several of them to be sent as one, in order. None by default. */
  readonly data?: Bytes | readonly Bytes[] | undefined;
  /** Control messages; none by default. */
  readonly control?: readonly ControlInput[] | undefined;
  /** Ignored, as C ignores `msg_flags`: what a received message had. Flags for sending are an argument. */
  readonly flags?: number | undefined;
  /** Where it goes; not given on connected sockets. A host name is resolved. */
  readonly address?: AddressInput<F> | AddressOf<F> | null | undefined;
}

/** Data and descriptors received together. */
export interface ReceivedFds<F extends FamilyName> extends Omit<Message<F>, 'control'> {
  /** Descriptors, close-on-exec, now the caller's to close. */
  readonly fds: number[];
}
