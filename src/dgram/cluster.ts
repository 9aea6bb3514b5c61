/** Shares the socket of a cluster's primary process with its workers, as `node:dgram` does. */
import cluster from 'node:cluster';
import { binding } from '../binding.js';

/** What a worker asks its primary process for. */
interface Request {
  readonly address: string | null;
  readonly port: number | null;
  readonly addressType: string;
  readonly fd: number;
  readonly flags: number | null;
}

/** The handle of Node.js that a worker receives. It is kept, because the primary counts it. */
export interface SharedHandle {
  readonly fd?: number;
  close(): void;
}

/** The function with which Node's own modules ask; it is not documented. */
interface InternalCluster {
  _getServer?(
    socket: object,
    options: Request,
    callback: (errno: number, handle: SharedHandle | null) => void,
  ): void;
}

const internal = cluster as unknown as InternalCluster;

/** Flags of libuv: UV_UDP_IPV6ONLY and UV_UDP_REUSEADDR of uv.h. */
const IPV6ONLY = 1;
const REUSEADDR = 4;

/** Returns whether sockets are bound by the primary process. */
export function isShared(exclusive: boolean): boolean {
  return cluster.isWorker === true && !exclusive && typeof internal._getServer === 'function';
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
  internal._getServer!(socket, request, (errno, handle) => {
    if (errno || handle === null) {
      done(errno, -1, null);
      return;
    }
    const fd = binding.dup(handle.fd ?? -1);
    if (fd < 0) handle.close();
    done(Math.min(fd, 0), fd, fd < 0 ? null : handle);
  });
}
