/** Passes file descriptors between processes over Unix sockets: SCM_RIGHTS of unix(7). */
import type { AddressInput, AddressOf, FamilyName } from '../address/address.js';
import { MSG_CTRUNC, SCM_RIGHTS, SOCK_STREAM, SOL_SOCKET } from '../constants/socket.js';
import { checkInteger, invalidValue } from '../errors/argument.js';
import type { Bytes } from '../layout/memory.js';
import { CMSG_SPACE, encodeItems } from '../message/control.js';
import {
  type Descriptor,
  discardDescriptors,
  discardProcess,
  disownAll,
  encodeDescriptors,
  receivedDescriptors,
  SCM_MAX_FD,
} from '../message/descriptors.js';
import type { ReceivedFds } from '../message/message.js';
import type { Operation } from '../reactor/operation.js';
import { type CallOptions, callKeys, type Form, optionsOf, parseCall, type SyncCallOptions } from './call.js';
import type { AnyCore, Core } from './core.js';
import { receiveWith, sendParts } from './message.js';
import { checkSize, type ReceiveOptions } from './receive.js';
import { takeFrom } from './scratch.js';

/**
 * The space for control messages that the kernel writes before the descriptors: credentials, a security context, a
 * pidfd, a timestamp. Without it, descriptors would be cut off on a socket with SO_PASSCRED or a similar option
 * (net/core/scm.c, __scm_recv_common).
 */
const BEFORE = 512;

/** The receiver of a message on an unconnected socket. */
export interface AddressOption<F extends FamilyName> {
  /** The receiver; omit it on connected sockets. A host name is resolved. */
  readonly address?: AddressInput<F> | AddressOf<F> | null | undefined;
}

/** The options of `sendFds` and `sendSegments`. */
export interface AddressedOptions<F extends FamilyName> extends CallOptions, AddressOption<F> {}
/** The options of `sendFdsSync` and `sendSegmentsSync`. */
export interface SyncAddressedOptions<F extends FamilyName> extends SyncCallOptions, AddressOption<F> {}

/** The option keys of calls that take an address in their options. */
export const ADDRESSED_KEYS: readonly string[] = callKeys('address');

/** Creates the operation of `sendFds`. */
export function sendDescriptors<F extends FamilyName>(
  core: Core<F>,
  form: Form,
  data: Bytes | readonly Bytes[],
  fds: readonly Descriptor[],
  options: number | AddressedOptions<F> | undefined,
): Operation<number> {
  const call = parseCall(core, form, options, ADDRESSED_KEYS);
  const { address } = optionsOf<AddressedOptions<F>>(options);
  return sendParts(core, call, data, 'data', pieces => rightsFor(core, pieces, fds), address);
}

/**
 * Returns the control message for descriptors. A stream carries them with a byte of its data. Without data, Linux sends
 * neither, and reports success (net/unix/af_unix.c, unix_stream_sendmsg).
 */
function rightsFor(
  { type }: AnyCore,
  pieces: readonly Uint8Array[],
  fds: readonly Descriptor[],
): Uint8Array | null {
  const rights = encodeRights(fds);
  if (rights !== null && type === SOCK_STREAM && pieces.every(({ length }) => length === 0))
    throw invalidValue('data', 'must not be empty: a stream sends descriptors with its data', '');
  return rights;
}

function encodeRights(fds: readonly Descriptor[]): Uint8Array | null {
  const data = encodeDescriptors(fds, 'fds');
  return data.length === 0 ? null : encodeItems([{ level: SOL_SOCKET, type: SCM_RIGHTS, data }]);
}

/** Creates the operation of `recvFds`. */
export function receiveDescriptors<F extends FamilyName>(
  core: Core<F>,
  form: Form,
  size: number,
  maxFds: number,
  options: ReceiveOptions | undefined,
): Operation<ReceivedFds<F>> {
  checkSize(size);
  checkInteger(maxFds, 'maxFds', 0, SCM_MAX_FD);
  const call = parseCall(core, form, options);
  const space = BEFORE + CMSG_SPACE(4 * maxFds);
  return receiveWith<F, ReceivedFds<F>>(core, call, size, space, (received, [memory], envelope) => {
    const data = takeFrom(memory as Buffer, Math.min(received, memory!.length));
    const fds = receivedDescriptors(envelope.control);
    // The control buffer has more space than requested. Surplus descriptors are closed and reported as cut off.
    const hasExcess = fds.length > maxFds;
    if (hasExcess) discardDescriptors(fds.splice(maxFds));
    discardProcess(envelope.control);
    disownAll(fds);
    const flags = envelope.flags | (hasExcess ? MSG_CTRUNC : 0);
    return { data, fds, flags, address: envelope.address };
  });
}
