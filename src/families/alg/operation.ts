/** The control messages of an AF_ALG operation. Documentation/crypto/userspace-if.rst in the kernel. */

import { SOL_ALG } from '../../constants/socket.js';
import { checkFunction, checkInteger, checkObject, invalidType } from '../../errors/argument.js';
import { type Bytes, toBytes } from '../../layout/memory.js';
import { natural, uint32 } from '../../layout/numbers.js';
import type { ControlInput } from '../../message/control.js';
import type { MessageInput } from '../../message/message.js';
import { checkWaitOptions, type WaitOptions } from '../../reactor/wait-options.js';
import { ALG_SET_AEAD_ASSOCLEN, ALG_SET_IV, ALG_SET_OP } from './constants.js';
import { af_alg_iv } from './layout.js';

/** The parameters of an operation on an AF_ALG socket. */
export interface AlgOperation {
  /** `ALG_OP_ENCRYPT` or `ALG_OP_DECRYPT`. */
  readonly op: number;
  /** The initialization vector; the algorithm defines its length. */
  readonly iv?: Bytes | undefined;
  /** The number of bytes at the start of the data that are associated data (AEAD). */
  readonly assoclen?: number | undefined;
  /** Flags of the send call; `MSG_MORE` if more data follows. 0 by default. */
  readonly flags?: number | undefined;
}

/** The methods that {@link sendmsgAfalg} needs. `accept` of a bound AF_ALG socket returns such a socket. */
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

/** Returns the control messages of an operation, for `sendmsg`. */
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
 * Sends data to an AF_ALG socket, with the parameters of the operation.
 *
 * @param socket the socket that `accept` of a bound AF_ALG socket returned
 * @param data one buffer or an array of buffers
 * @param operation the direction, the initialization vector, and so on
 * @param options `timeout`, `signal`
 * @returns the number of bytes that the kernel accepted
 * @throws TypeError or RangeError if a field of the operation is invalid
 * @throws SocketError `EINVAL` if a length is wrong, `ENOKEY` if the key is missing
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

/** The Sync form of {@link sendmsgAfalg}. It blocks according to the socket's `timeout`. */
export function sendmsgAfalgSync(
  socket: AlgSocket,
  data: Bytes | readonly Bytes[],
  operation: AlgOperation,
): number {
  checkSender(socket);
  const control = algControl(operation);
  return socket.sendmsgSync({ data, control }, operation.flags);
}
