import type { Socket as NodeSocket, SocketConstructorOpts } from 'node:net';
import { familyLabel } from '../address/labels.js';
import { binding } from '../binding.js';
import { checkBoolean, checkSignal, invalidValue } from '../errors/argument.js';
import { errnoNumber } from '../errors/codes.js';
import { socketError, UnsupportedError } from '../errors/errors.js';
import { AF_INET } from '../families/inet/constants.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { AF_UNIX } from '../families/unix/constants.js';
import { checkOptionKeys } from '../reactor/wait-options.js';
import type { AnyCore } from '../socket/core.js';
import { detachCore } from '../socket/lifetime.js';

/** The options of {@link Socket.toNodeSocket}. */
export interface NodeSocketOptions {
  /** Whether the writable side stays open after the peer has ended its sending direction; false by default. */
  readonly allowHalfOpen?: boolean | undefined;
  /**
   * Whether the `net.Socket` reads nothing until `resume()` is called; false by default. A connection for another process
   * (`child.send(message, socket)`) needs it: the data that this process reads is lost for the other one.
   */
  readonly pauseOnCreate?: boolean | undefined;
  /** Destroys the `net.Socket` when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** The families of the sockets that Node.js can take over. */
const FAMILIES = [AF_INET, AF_INET6, AF_UNIX] as readonly number[];

/** Returns whether Node.js can take over the sockets of a family. On Windows, its sockets have no descriptors. */
export function hasNodeSocket(family: number): boolean {
  return process.platform !== 'win32' && FAMILIES.includes(family);
}

/**
 * Returns whether the `net.Socket` of this runtime can take over the sockets of a family. Only that of Node.js itself takes
 * over every descriptor.
 */
export function isNodeSocketFamily(family: number): boolean {
  return hasNodeSocket(family) && process.versions.bun === undefined && !('deno' in process.versions);
}

/** Checks the options and the socket before anything is changed. */
export function checkNodeSocket(core: AnyCore, options: NodeSocketOptions): NodeSocketOptions {
  checkOptionKeys(options, ['allowHalfOpen', 'pauseOnCreate', 'signal']);
  const { allowHalfOpen = false, pauseOnCreate = false, signal } = options;
  checkBoolean(allowHalfOpen, 'options.allowHalfOpen');
  checkBoolean(pauseOnCreate, 'options.pauseOnCreate');
  checkSignal(signal, 'options.signal');
  if (process.platform === 'win32') {
    const hint = 'node:net takes over no descriptors on Windows: use toDuplex()';
    throw new UnsupportedError(errnoNumber('ENOTSUP'), { syscall: 'open', hint });
  }
  if (!FAMILIES.includes(core.family))
    throw invalidValue(
      'socket',
      'must be AF_INET, AF_INET6 or AF_UNIX for toNodeSocket',
      familyLabel(core.family),
    );
  return { allowHalfOpen, pauseOnCreate, signal };
}

/** Hands a connection over to a `net.Socket`. Bytes that were received and not read come first. */
export function toNodeSocket(core: AnyCore, options: NodeSocketOptions): NodeSocket {
  // Loaded here, because most programs do not need it.
  const { Socket } = process.getBuiltinModule('node:net');
  const pending = takePending(core);
  const fd = detachCore(core);
  let socket: NodeSocket;
  try {
    socket = new Socket({ fd, readable: true, writable: true, ...options } as SocketConstructorOpts);
  } catch (error) {
    binding.own(fd);
    binding.close(fd);
    throw error;
  }
  // A socket that an aborted signal has destroyed already gives no data to anyone.
  if (pending.length > 0 && !socket.destroyed) socket.unshift(pending);
  return socket;
}

/**
 * Takes the bytes that a call gave back.
 *
 * @throws SocketError if an error is pending instead: the kernel has forgotten it, so Node.js could not report it
 */
function takePending({ handle }: AnyCore): Buffer {
  if (!handle.hasPending) return Buffer.alloc(0);
  const bytes = Buffer.alloc(handle.pendingLength);
  const taken = handle.takePending([bytes], 0);
  if (taken < 0) throw socketError(taken, { syscall: 'recv' });
  return bytes;
}
