/** Shares the socket of a cluster's primary process with its workers, as `node:dgram` does. */
import { binding } from '../binding.js';
import { primaryOf, type SharedHandle } from '../socket/cluster.js';

/** Flags of libuv: UV_UDP_IPV6ONLY and UV_UDP_REUSEADDR of uv.h. */
const IPV6ONLY = 1;
const REUSEADDR = 4;

/** Returns whether sockets are bound by the primary process. */
export function isShared(exclusive: boolean): boolean {
  return !exclusive && primaryOf() !== undefined;
}

/** What a worker's socket is bound to. */
export interface SharedAddress {
  readonly type: string;
  readonly address: string | null;
  readonly port: number | null;
  readonly fd: number;
  readonly reuseAddr: boolean;
  readonly ipv6Only: boolean;
}

/**
 * Asks the primary process for a bound descriptor.
 *
 * @param done is called with an error number, or with a descriptor to own and the handle that belongs to it
 */
export function shareSocket(
  socket: object,
  { type, reuseAddr, ipv6Only, ...where }: SharedAddress,
  done: (errno: number, fd: number, handle: SharedHandle | null) => void,
): void {
  const flags = (reuseAddr ? REUSEADDR : 0) | (ipv6Only ? IPV6ONLY : 0);
  const request = { ...where, addressType: type, flags: where.fd > 0 ? null : flags };
  primaryOf()!(socket, request, (errno, handle) => {
    if (errno || handle === null) {
      done(errno, -1, null);
      return;
    }
    const fd = binding.dup(handle.fd ?? -1);
    if (fd < 0) handle.close();
    done(Math.min(fd, 0), fd, fd < 0 ? null : handle);
  });
}
