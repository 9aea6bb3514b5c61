import type { Wait } from '../address/registry.js';

/** What files and streams need of a socket, whatever its family: a `Socket` has it all. */
export interface Endpoint {
  readonly family: number;
  readonly type: number;
  readonly fd: number;
  readonly closed: boolean;
  readonly timeout: number | null;
  recv(size: number, flags?: number, wait?: Wait): Promise<Buffer>;
  recvSync(size: number, flags?: number): Buffer;
  recvInto(buffer: ArrayBufferView, flags?: number, wait?: Wait): Promise<number>;
  recvFds(
    size: number,
    maxFds: number,
    flags?: number,
    wait?: Wait,
  ): Promise<{ readonly data: Buffer; readonly fds: number[] }>;
  send(data: Uint8Array, flags?: number, wait?: Wait): Promise<number>;
  sendSync(data: Uint8Array, flags?: number): number;
  sendAll(data: Uint8Array, flags?: number, wait?: Wait): Promise<void>;
  sendFds(data: Uint8Array, fds: readonly number[], flags?: number, wait?: Wait): Promise<number>;
  sendmsg(message: { readonly data: readonly Uint8Array[] }, flags?: number, wait?: Wait): Promise<number>;
  setsockopt(level: number, name: number, value: number | Uint8Array): void;
  getsockname(): object;
  getpeername(): object;
  shutdown(how: number): void;
  ref(): unknown;
  unref(): unknown;
  close(): void;
}
