import type { WaitOptions } from '../reactor/wait-options.js';

/** What streams need of a socket, of any family: a `Socket` has all of it. */
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

/** What streams need of the poll handle of a socket. */
export interface EndpointHandle {
  /** Calls `follower` when the descriptor is taken out of use; returns a function that stops that. It must not throw. */
  follow(follower: () => void): () => void;
  /** Gives back received bytes: the next receive on the socket returns them. */
  putBack(bytes: Uint8Array): void;
}
