/** The part of Deno's own API that its servers use here. */

export interface DenoConnection {
  read(into: Uint8Array): Promise<number | null>;
  write(data: Uint8Array): Promise<number>;
  setNoDelay(on: boolean): void;
  close(): void;
}

interface Address {
  readonly port: number;
}

export interface DenoDatagrams {
  readonly addr: Address;
  receive(into: Uint8Array): Promise<[data: Uint8Array, sender: Address]>;
  send(data: Uint8Array, to: Address): Promise<number>;
}

interface DenoApi {
  listen(options: {
    hostname: string;
    port: number;
  }): AsyncIterable<DenoConnection> & { readonly addr: Address };
  listenDatagram(options: { hostname: string; port: number; transport: 'udp' }): DenoDatagrams;
  serve(
    options: { hostname: string; port: number; onListen(address: Address): void },
    handler: () => Response,
  ): unknown;
}

export const deno: DenoApi = (globalThis as unknown as { Deno: DenoApi }).Deno;
