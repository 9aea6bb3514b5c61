/** The part of Bun's own API that its servers use here. */

export interface BunSocket {
  write(data: Uint8Array): number;
}

export interface BunUdpSocket {
  readonly port: number;
  send(data: string | Uint8Array, port: number, host: string): boolean;
}

export interface BunServer {
  readonly port: number;
}

interface BunApi {
  listen(options: {
    hostname: string;
    port: number;
    socket: { data(socket: BunSocket, data: Uint8Array): void };
  }): { readonly port: number };
  udpSocket(options: {
    hostname: string;
    port: number;
    socket: { data(socket: BunUdpSocket, data: Uint8Array, port: number, host: string): void };
  }): Promise<BunUdpSocket>;
  serve(options: { hostname: string; port: number; fetch(): Response }): BunServer;
}

export const bun: BunApi = (globalThis as unknown as { Bun: BunApi }).Bun;
