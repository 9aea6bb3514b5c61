/** TLS of `berkeley nc`. */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { Socket } from 'berkeley';
import { connectTls, createTlsServer } from 'berkeley/tls';
import { type Channel, DuplexChannel } from './channel.js';
import type { NcOptions } from './options.js';

/** Does the handshake of a client. `host` is the name that the certificate must have. */
export async function secureClient(
  socket: Socket<'unix'>,
  host: string,
  { insecure, cert, key, wait }: NcOptions,
): Promise<Channel> {
  const stream = await connectTls({
    socket: socket as never,
    host,
    ...(isIP(host) ? {} : { servername: host }),
    rejectUnauthorized: insecure !== true,
    timeout: wait,
    ...credentials(cert, key),
  });
  return new DuplexChannel(stream);
}

/** Does the handshake of a server. */
export async function secureServer(socket: Socket<'unix'>, { cert, key, wait }: NcOptions): Promise<Channel> {
  const server = createTlsServer(credentials(cert, key));
  return new DuplexChannel(await server.upgrade(socket as never, { timeout: wait }));
}

function credentials(cert: string | undefined, key: string | undefined): { cert?: Buffer; key?: Buffer } {
  return {
    ...(cert === undefined ? {} : { cert: readFileSync(cert) }),
    ...(key === undefined ? {} : { key: readFileSync(key) }),
  };
}
