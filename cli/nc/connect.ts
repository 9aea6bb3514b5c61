/** Client connections of `berkeley nc`. */
import { AF_UNIX, type Family, SOCK_DGRAM, Socket } from 'berkeley';
import { type Channel, SocketChannel } from './channel.js';
import { type Endpoint, unixAddress } from './endpoint.js';
import type { NcOptions } from './options.js';
import { secureClient } from './secure.js';

/** Connects to the first endpoint that answers. Throws the last error if none does. */
export async function connectFirst(
  endpoints: readonly Endpoint[],
  options: NcOptions,
  signal: AbortSignal,
): Promise<{ channel: Channel; endpoint: Endpoint }> {
  let failure: unknown;
  for (const endpoint of endpoints) {
    try {
      return { channel: await connectTo(endpoint, options, signal), endpoint };
    } catch (error) {
      failure = error;
      if (signal.aborted) break;
    }
  }
  throw failure;
}

async function connectTo(endpoint: Endpoint, options: NcOptions, signal: AbortSignal): Promise<Channel> {
  const socket = openSocket(endpoint);
  try {
    bindSource(socket, endpoint, options);
    await socket.connect(endpoint.address as never, { signal, ...timeoutOf(options) });
    if (!options.tls) return new SocketChannel(socket);
    return await secureClient(socket, endpoint.name, options);
  } catch (error) {
    socket.close();
    throw error;
  }
}

/** The families of `nc` differ only in their addresses, which `endpoint` has made for the family. */
export function openSocket({ family, type }: Endpoint): Socket<'unix'> {
  return new Socket(family as Family<'unix'>, type);
}

export function timeoutOf({ wait }: NcOptions): { timeout?: number } {
  return wait === undefined ? {} : { timeout: wait };
}

/** A Unix datagram socket needs a name, so that the peer can answer; the kernel chooses an abstract one: unix(7). */
function bindSource(
  socket: Socket<'unix'>,
  { family, type }: Endpoint,
  { source, sourcePort = 0 }: NcOptions,
): void {
  if (family === AF_UNIX) {
    if (source !== undefined) socket.bind(unixAddress(source));
    else if (type === SOCK_DGRAM) socket.bind({ unnamed: true });
  } else if (source !== undefined || sourcePort !== 0) {
    socket.bind({ host: source ?? '', port: sourcePort } as never);
  }
}
