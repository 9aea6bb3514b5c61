/** The types of messages. Received messages can be sent. */
import type { AddressInput, AddressOf, FamilyName } from '../address/address.js';
import type { Bytes } from '../layout/memory.js';
import type { ControlInput, ControlMessage } from './control.js';

/** A received message. It can be passed to `sendmsg`. */
export interface Message<F extends FamilyName> {
  /** The received data; empty at the end of a stream. */
  readonly data: Buffer;
  /** The control messages, raw. */
  readonly control: ControlMessage[];
  /** The flags of the message: `MSG_TRUNC`, `MSG_CTRUNC`, `MSG_EOR`, `MSG_OOB`, `MSG_ERRQUEUE`. */
  readonly flags: number;
  /** The sender; `null` if the kernel does not report it, as on connected streams. */
  readonly address: AddressOf<F> | null;
}

/** A message received into the caller's memory. */
export interface MessageInto<F extends FamilyName> extends Omit<Message<F>, 'data'> {
  /** The number of bytes written to the buffers; the datagram's true size if `MSG_TRUNC` was passed. */
  readonly bytesRead: number;
}

/** A message to send. */
export interface MessageInput<F extends FamilyName> {
  /** Bytes, or several buffers that are sent as one message, in order. None by default. */
  readonly data?: Bytes | readonly Bytes[] | undefined;
  /** Control messages; none by default. */
  readonly control?: readonly ControlInput[] | undefined;
  /** Ignored, so that a received message can be passed. Pass flags for sending as an option. */
  readonly flags?: number | undefined;
  /** The destination; none on connected sockets. A host name is resolved. */
  readonly address?: AddressInput<F> | AddressOf<F> | null | undefined;
}

/** Data and file descriptors that were received together. */
export interface ReceivedFds<F extends FamilyName> extends Omit<Message<F>, 'control'> {
  /** The file descriptors. They are close-on-exec, and the caller must close them. */
  readonly fds: number[];
}
