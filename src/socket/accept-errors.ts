/** Errors of accept(2) after which a server continues: "Error handling" in the man page. */
import { SocketError } from '../errors/errors.js';

/** Errors that concern one lost connection. */
const lost = new Set([
  'ECONNABORTED',
  'EPROTO',
  'ENETDOWN',
  'ENOPROTOOPT',
  'EHOSTDOWN',
  'ENONET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPERM', // a firewall rule forbids it
]);
/** Errors that end when resources are released. */
const exhausted = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']);

/**
 * Returns whether an error concerns only one connection, which is lost. The same codes of other system calls concern the
 * listening socket: to repeat the call immediately would never end.
 */
export function isLostConnection(error: unknown): boolean {
  return error instanceof SocketError && error.syscall === 'accept' && lost.has(error.code);
}

/** Returns whether an error ends when resources are released. */
export function isExhausted(error: unknown): boolean {
  return error instanceof SocketError && exhausted.has(error.code);
}
