/** What a message to an AF_ALG socket says beside its data. Documentation/crypto/userspace-if.rst of the kernel. */

import { SOL_ALG } from '../../constants/socket.js';
import { checkFunction, checkInteger, checkObject, invalidType } from '../../errors/argument.js';
import { type Bytes, toBytes } from '../../layout/memory.js';
import { natural, uint32 } from '../../layout/numbers.js';
import type { ControlInput } from '../../message/control.js';
import type { MessageInput } from '../../message/message.js';
import { checkWaitOptions, type WaitOptions } from '../../reactor/wait-options.js';
import { ALG_SET_AEAD_ASSOCLEN, ALG_SET_IV, ALG_SET_OP } from './constants.js';
import { af_alg_iv } from './layout.js';

/** How the kernel is to treat the data. */
export interface AlgOperation {
  /** `ALG_OP_ENCRYPT` or `ALG_OP_DECRYPT`. */
  readonly op: number;
  /** The initialisation vector, of as many bytes as the algorithm takes. */
  readonly iv?: Bytes | undefined;
  /** How many of the first bytes of the data are associated data (AEAD), in bytes. */
  readonly assoclen?: number | undefined;
  /** `MSG_MORE` where more data follows, …; 0 by default. */
  readonly flags?: number | undefined;
}

/** A socket that can send such a message: what `accept` of a bound AF_ALG socket gives. */
interface AlgSocket {
  sendmsg(
    message: MessageInput<'alg'>,
    options?: WaitOptions & { readonly flags?: number | undefined },
  ): Promise<number>;
  sendmsgSync(message: MessageInput<'alg'>, flags?: number): number;
}

function ivData(iv: Bytes): Uint8Array {
  const bytes = toBytes(iv, 'operation.iv');
  const data = new Uint8Array(af_alg_iv.iv + bytes.length);
  data.set(uint32.encode(bytes.length, 'operation.iv.length'), af_alg_iv.ivlen);
  data.set(bytes, af_alg_iv.iv);
  return data;
}

function checkSender(socket: unknown): void {
  checkFunction((checkObject(socket, 'socket') as AlgSocket).sendmsg, 'socket.sendmsg');
}

/** The control messages of an operation. */
export function algControl(operation: AlgOperation): ControlInput[] {
  const { op, iv, assoclen, flags } = checkObject(operation, 'operation') as AlgOperation;
  if (op === undefined) throw invalidType('operation.op', 'of type number', op);
  if (flags !== undefined) checkInteger(flags, 'operation.flags', -0x80000000, 0x7fffffff);
  const items = [{ type: ALG_SET_OP, data: uint32.encode(op, 'operation.op') }];
  if (iv !== undefined) items.push({ type: ALG_SET_IV, data: ivData(iv) });
  if (assoclen !== undefined) {
    items.push({ type: ALG_SET_AEAD_ASSOCLEN, data: natural.encode(assoclen, 'operation.assoclen') });
  }
  return items.map(item => ({ level: SOL_ALG, ...item }));
}

/**
 * Sends data to the kernel's cryptography, with what to do to it.
 *
 * @param socket what `accept` of a bound AF_ALG socket gave
 * @param data bytes, or several of them; none by default
 * @param operation the direction, the initialisation vector, …
 * @param options `timeout`, `signal`
 * @returns how many bytes were taken
 * @throws TypeError or RangeError if the operation is not what it has to be
 * @throws SocketError `EINVAL` (wrong lengths), `ENOKEY`, …
 */
export async function sendmsgAfalg(
  socket: AlgSocket,
  data: Bytes | readonly Bytes[],
  operation: AlgOperation,
  options?: WaitOptions,
): Promise<number> {
  checkSender(socket);
  const wait = checkWaitOptions(options);
  const control = algControl(operation);
  return socket.sendmsg({ data, control }, { flags: operation.flags, ...wait });
}

/** {@link sendmsgAfalg}, in this thread, in the mode that the socket's `timeout` says. */
export function sendmsgAfalgSync(
  socket: AlgSocket,
  data: Bytes | readonly Bytes[],
  operation: AlgOperation,
): number {
  checkSender(socket);
  const control = algControl(operation);
  return socket.sendmsgSync({ data, control }, operation.flags);
}
