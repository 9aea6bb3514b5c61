import type { WaitOptions } from '../reactor/wait-options.js';

/** What files and streams need of a socket, whatever its family: a `Socket` has it all. */
export interface Endpoint {
  readonly family: number;
  readonly type: number;
  readonly fd: number;
  readonly closed: boolean;
  readonly timeout: number | null;
  recv(size: number, flags?: number, wait?: WaitOptions): Promise<Buffer>;
  recvSync(size: number, flags?: number): Buffer;
  recvInto(buffer: ArrayBufferView, flags?: number, wait?: WaitOptions): Promise<number>;
  recvFds(
    size: number,
    maxFds: number,
    flags?: number,
    wait?: WaitOptions,
  ): Promise<{ readonly data: Buffer; readonly fds: number[] }>;
  send(data: Uint8Array, flags?: number, wait?: WaitOptions): Promise<number>;
  sendSync(data: Uint8Array, flags?: number): number;
  sendAll(data: Uint8Array, flags?: number, wait?: WaitOptions): Promise<void>;
  sendFds(data: Uint8Array, fds: readonly number[], flags?: number, wait?: WaitOptions): Promise<number>;
  sendmsg(
    message: { readonly data: readonly Uint8Array[] },
    flags?: number,
    wait?: WaitOptions,
  ): Promise<number>;
  setsockopt(level: number, name: number, value: number | Uint8Array): void;
  getsockname(): object;
  getpeername(): object;
  shutdown(how: number): void;
  ref(): unknown;
  unref(): unknown;
  close(): void;
}
