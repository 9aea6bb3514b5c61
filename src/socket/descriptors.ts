/** Passing descriptors between processes over Unix sockets: SCM_RIGHTS of unix(7). */
import type { AddressInput, AddressOf, FamilyName } from '../address/address.js';
import { MSG_CTRUNC, SCM_RIGHTS, SOL_SOCKET } from '../constants/socket.js';
import { checkInteger } from '../errors/argument.js';
import type { Bytes } from '../layout/memory.js';
import { CMSG_SPACE, encodeControl } from '../message/control.js';
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
import type { Core } from './core.js';
import { receiveWith, sendParts } from './message.js';
import { checkSize, type ReceiveOptions } from './receive.js';
import { takeFrom } from './scratch.js';

/**
 * Space for what the kernel puts before the descriptors: credentials, a security context, a pidfd, a timestamp. Without it
 * they would be cut off on a socket that has SO_PASSCRED or a similar option set (net/core/scm.c, __scm_recv_common).
 */
const BEFORE = 512;

/** Where a message goes on a socket that is not connected. */
export interface AddressOption<F extends FamilyName> {
  /** The receiver; not given on connected sockets. A host name is resolved. */
  readonly address?: AddressInput<F> | AddressOf<F> | null | undefined;
}

/** How `sendFds` and `sendSegments` send. */
export interface AddressedOptions<F extends FamilyName> extends CallOptions, AddressOption<F> {}
/** How `sendFdsSync` and `sendSegmentsSync` send. */
export interface SyncAddressedOptions<F extends FamilyName> extends SyncCallOptions, AddressOption<F> {}

/** The keys of calls with an address among their options. */
export const ADDRESSED_KEYS: readonly string[] = callKeys('address');

/** Builds `sendFds`. */
export function sendDescriptors<F extends FamilyName>(
  core: Core<F>,
  form: Form,
  data: Bytes | readonly Bytes[],
  fds: readonly Descriptor[],
  options: number | AddressedOptions<F> | undefined,
): Operation<number> {
  const call = parseCall(core, form, options, ADDRESSED_KEYS);
  const { address } = optionsOf<AddressedOptions<F>>(options);
  return sendParts(core, call, data, 'data', () => encodeRights(fds), address);
}

function encodeRights(fds: readonly Descriptor[]): Uint8Array | null {
  const data = encodeDescriptors(fds, 'fds');
  return data.length === 0 ? null : encodeControl([{ level: SOL_SOCKET, type: SCM_RIGHTS, data }]);
}

/** Builds `recvFds`. */
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
    // There is more space than was asked for: what arrived in the rest of it counts as cut off for the caller.
    const excess = fds.splice(maxFds);
    discardDescriptors(excess);
    discardProcess(envelope.control);
    disownAll(fds);
    const flags = envelope.flags | (excess.length > 0 ? MSG_CTRUNC : 0);
    return { data, fds, flags, address: envelope.address };
  });
}
