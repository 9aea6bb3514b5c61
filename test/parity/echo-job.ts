/** The messages to and from an echo program. echo.py uses the same JSON. */
import { createHash } from 'node:crypto';
import {
  type AddressInput,
  type AddressOf,
  AF_INET,
  AF_INET6,
  AF_UNIX,
  type Family,
  SOCK_DGRAM,
  SOCK_SEQPACKET,
  SOCK_STREAM,
} from 'berkeley';

/** The families of the interop tests. */
export type Name = 'inet' | 'inet6' | 'unix';

/** An address in JSON: abstract names as text. */
export type JsonAddress =
  | { readonly host: string; readonly port: number }
  | { readonly path: string }
  | { readonly abstract: string }
  | { readonly unnamed: true };

export interface Job {
  readonly role: 'server' | 'client';
  readonly family: 'AF_INET' | 'AF_INET6' | 'AF_UNIX';
  readonly type: 'SOCK_STREAM' | 'SOCK_SEQPACKET' | 'SOCK_DGRAM';
  /** The address on which the server listens. */
  readonly address: JsonAddress;
  /** The address to which a datagram client is bound, so that it receives answers. */
  readonly from?: JsonAddress;
  /** The bytes of each exchange. */
  readonly sizes: readonly number[];
}

/** The data of one direction. */
export interface Report {
  readonly sha256: string;
  readonly length: number;
  /** The number of pieces in which it was received: one if the transport keeps boundaries. */
  readonly pieces: number;
}

/** One exchange, as a server (`peer`) or a client (`sent`, `local`) recorded it. */
export interface Seen {
  readonly received: Report;
  readonly sent?: Report;
  readonly peer?: JsonAddress;
  readonly local?: JsonAddress;
}

export class Digest {
  readonly #hash = createHash('sha256');
  #length = 0;
  #pieces = 0;

  add(data: Uint8Array): this {
    this.#hash.update(data);
    this.#length += data.length;
    this.#pieces++;
    return this;
  }

  report(): Report {
    return { sha256: this.#hash.digest('hex'), length: this.#length, pieces: this.#pieces };
  }
}

const families = { AF_INET, AF_INET6, AF_UNIX };
const types = { SOCK_STREAM, SOCK_SEQPACKET, SOCK_DGRAM };

/** The job of this process, with the constants of the package. */
export function terms(job: Job) {
  return {
    family: families[job.family] as Family<Name>,
    type: types[job.type],
    address: job.address as AddressInput<Name>,
    from: job.from as AddressInput<Name>,
    connects: job.type !== 'SOCK_DGRAM',
    /** The maximum size of a receive. */
    piece: job.type === 'SOCK_STREAM' ? 65536 : 2 ** 20,
  };
}

export function toJson(address: AddressOf<Name>): JsonAddress {
  if ('host' in address) return { host: address.host, port: address.port };
  if ('abstract' in address) return { abstract: Buffer.from(address.abstract).toString() };
  return 'path' in address ? { path: String(address.path) } : { unnamed: true };
}

export function say(message: unknown): void {
  console.log(JSON.stringify(message));
}
