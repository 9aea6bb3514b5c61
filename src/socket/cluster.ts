/**
 * Asks the primary process of a cluster for a socket, as `node:net` and `node:dgram` do. The function is not documented; it
 * exists in all versions of Node.js.
 */
import type { Cluster } from 'node:cluster';

/** What a worker asks its primary process for. */
export interface PrimaryRequest {
  readonly address: string | null;
  /** -1 for a path. */
  readonly port: number | null;
  /** 4 or 6 for TCP, `'udp4'` or `'udp6'`, -1 for a path. */
  readonly addressType: string | number;
  readonly fd: number | undefined;
  readonly flags: number | null;
  readonly backlog?: number | undefined;
  readonly readableAll?: boolean;
  readonly writableAll?: boolean;
}

/** A handle of Node.js that a worker receives. It is kept, because the primary counts it. */
export interface SharedHandle {
  /** The descriptor; absent if the primary accepts the connections and passes them on. */
  readonly fd?: number;
  close(): void;
  ref?(): void;
  unref?(): void;
  listen?(backlog: number): number;
  getsockname?(out: object): number;
  /** Is called with each connection that the primary passes on. */
  onconnection?: (error: number, connection: SharedHandle) => void;
}

type Ask = (
  owner: object,
  request: PrimaryRequest,
  done: (errno: number, handle: SharedHandle | null) => void,
) => void;

/** Returns the function with which a worker asks its primary process; `undefined` in any other process. */
export function primaryOf(): Ask | undefined {
  // Loaded here, because most programs do not need it.
  const cluster = process.getBuiltinModule('node:cluster') as unknown as Cluster & { _getServer?: Ask };
  const { _getServer: ask } = cluster;
  return cluster.isWorker === true && typeof ask === 'function' ? ask.bind(cluster) : undefined;
}
