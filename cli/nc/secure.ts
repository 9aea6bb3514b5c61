/** TLS of `berkeley nc`. */
import { readFileSync } from 'node:fs';
import type { Socket } from 'berkeley';
import { connectTls, createTlsServer } from 'berkeley/tls';
import { type Channel, DuplexChannel } from './channel.js';
import type { NcOptions } from './options.js';

/** Does the handshake of a client. `host` is the name that the certificate must have. */
export async function secureClient(
  socket: Socket<'unix'>,
  host: string,
  options: NcOptions,
): Promise<Channel> {
  const stream = await connectTls({
    socket: socket as never,
    host,
    rejectUnauthorized: options.insecure !== true,
    timeout: options.wait,
    ...filesOf(options),
  });
  return new DuplexChannel(stream);
}

/** Does the handshake of a server. */
export async function secureServer(socket: Socket<'unix'>, options: NcOptions): Promise<Channel> {
  const server = createTlsServer(filesOf(options));
  return new DuplexChannel(await server.upgrade(socket as never, { timeout: options.wait }));
}

const FILES = ['ca', 'cert', 'key'] as const;

/** Reads the files that the options name. */
function filesOf(options: NcOptions): Partial<Record<(typeof FILES)[number], Buffer>> {
  const given = FILES.filter(name => options[name] !== undefined);
  return Object.fromEntries(given.map(name => [name, readFileSync(options[name]!)]));
}
