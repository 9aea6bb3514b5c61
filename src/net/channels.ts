import { channel } from 'node:diagnostics_channel';

/** Publishes a new socket on a channel of `node:diagnostics_channel`, as `node:net` does. */
export function publish(name: 'net.client.socket' | 'net.server.socket', socket: object): void {
  const found = channel(name);
  if (found.hasSubscribers) found.publish({ socket });
}
