/** Resolves host names as `node:dgram` does. */

import { lookup as resolve } from 'node:dns';
import { isIP } from 'node:net';
import { wrongType } from '../errors/node-errors.js';

/** The result of a lookup. */
export type LookupCallback = (error: NodeJS.ErrnoException | null, address: string, family: number) => void;

/** A function that resolves a host name, like `dns.lookup`. */
export type Lookup = (hostname: string, family: number, callback: LookupCallback) => void;

/** The names of Node.js for the two families. */
const families = {
  udp4: { number: 4, any: '0.0.0.0', loopback: '127.0.0.1' },
  udp6: { number: 6, any: '::', loopback: '::1' },
} as const;

/** Resolves the names that one socket uses. */
export class Names {
  readonly #lookup: Lookup | undefined;
  readonly #family: (typeof families)[keyof typeof families];
  #numeric: string | undefined;

  constructor(type: keyof typeof families, lookup: unknown) {
    if (lookup !== undefined && typeof lookup !== 'function')
      throw wrongType('lookup', 'of type function', lookup);
    this.#lookup = lookup as Lookup | undefined;
    this.#family = families[type];
  }

  /** The address that stands for all interfaces. */
  get any(): string {
    return this.#family.any;
  }

  /** The address that is used if none is given. */
  get loopback(): string {
    return this.#family.loopback;
  }

  /** Returns whether an address is a numeric one of this family. The last one is remembered: many sends have it. */
  isNumeric(address: string): boolean {
    if (address === this.#numeric) return true;
    if (isIP(address) !== this.#family.number) return false;
    this.#numeric = address;
    return true;
  }

  /** Returns the address if it is a numeric one of this family, which needs no lookup. */
  literal(address: string): string | undefined {
    return this.#lookup === undefined && this.isNumeric(address) ? address : undefined;
  }

  /** Resolves a name, and calls back in a later turn. */
  resolve(address: string, callback: (error: Error | null, ip: string) => void): void {
    const literal = this.literal(address);
    if (literal !== undefined) process.nextTick(callback, null, literal);
    else (this.#lookup ?? (resolve as unknown as Lookup))(address, this.#family.number, callback);
  }
}
