import type { WaitOptions } from '../reactor/wait-options.js';

/** The methods and properties of a socket that streams use. A `Socket` of any family has them. */
export interface Endpoint {
  readonly family: number;
  readonly type: number;
  readonly fd: number;
  readonly closed: boolean;
  recv(size: number, options?: WaitOptions): Promise<Buffer>;
  recvInto(buffer: ArrayBufferView, options?: WaitOptions): Promise<number>;
  recvFds(
    size: number,
    maxFds: number,
    options?: WaitOptions,
  ): Promise<{ readonly data: Buffer; readonly fds: number[]; readonly flags: number }>;
  send(data: Uint8Array, options?: WaitOptions): Promise<number>;
  sendAll(data: Uint8Array, options?: WaitOptions): Promise<void>;
  sendFds(data: Uint8Array, fds: readonly number[], options?: WaitOptions): Promise<number>;
  sendmsg(message: { readonly data: readonly Uint8Array[] }, options?: WaitOptions): Promise<number>;
  setsockopt(level: number, name: number, value: number | Uint8Array): void;
  getsockname(): object;
  getpeername(): object;
  shutdown(how: number): void;
  ref(): unknown;
  unref(): unknown;
  close(): void;
}

/** The methods of a socket’s poll handle that streams use. */
export interface EndpointHandle {
  /**
   * Calls `follower` when the file descriptor is taken out of use. `follower` must not throw. Returns a function that
   * removes it.
   */
  follow(follower: () => void): () => void;
  /** Gives back received bytes. The next receive call on the socket returns them. */
  putBack(bytes: Uint8Array): void;
}
