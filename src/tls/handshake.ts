import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { type TlsSocket, withTransport } from './transport.js';

/**
 * Waits until a client has done the handshake and has checked the certificate of the server. If that fails, the connection
 * is closed.
 *
 * @param start creates the TLSSocket
 */
export function handshake(
  stream: Duplex,
  stop: AbortSignal,
  start: (stream: Duplex) => TLSSocket,
): Promise<TlsSocket> {
  return new Promise((resolve, reject) => {
    const secure = startOrClose(stream, start);
    const fail = (error: unknown): void => {
      end();
      secure.on('error', ignore); // of the connection that is being closed
      secure.destroy();
      stream.destroy();
      reject(error);
    };
    const onSecure = (): void => {
      end();
      resolve(withTransport(secure, stream));
    };
    const onClose = (): void => fail(closedError());
    const onAbort = (): void => fail(stop.reason);
    const end = (): void => {
      secure.off('secureConnect', onSecure).off('error', fail).off('close', onClose);
      stop.removeEventListener('abort', onAbort);
    };
    secure.on('secureConnect', onSecure).on('error', fail).on('close', onClose);
    stop.addEventListener('abort', onAbort);
    if (stop.aborted) onAbort();
  });
}

const ignore = (): void => {};

function startOrClose(stream: Duplex, start: (stream: Duplex) => TLSSocket): TLSSocket {
  try {
    return start(stream);
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

/** Returns the error of Node.js for a connection that the peer closes during the handshake. */
export function closedError(): Error {
  const message = 'the connection was closed before the TLS handshake was complete';
  return Object.assign(new Error(message), { code: 'ECONNRESET' });
}
