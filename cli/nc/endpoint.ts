/** What the arguments of `berkeley nc` name: a kind of socket, and an address. */

import {
  AF_INET,
  AF_INET6,
  AF_UNIX,
  AF_UNSPEC,
  AF_VSOCK,
  AI_PASSIVE,
  getaddrinfo,
  SOCK_DGRAM,
  SOCK_SEQPACKET,
  SOCK_STREAM,
  type UnixAddress,
} from 'berkeley';
import { VMADDR_CID_ANY } from 'berkeley/constants';
import { Mistake } from '../failure.js';
import type { NcOptions } from './options.js';

/** The families of `berkeley nc`. */
export type NcFamily = 'inet' | 'inet6' | 'unix' | 'vsock';

/** A socket to open. */
export interface Endpoint {
  readonly family: number;
  readonly type: number;
  readonly address: object;
  /** The host or path that the user wrote; a TLS server must have its name. */
  readonly name: string;
  /** The address for messages: `example.org port 80`. */
  readonly label: string;
}

/** Returns the endpoints that the arguments name; a host can have several, to be tried in order. */
export function endpointsOf(words: readonly string[], options: NcOptions): Promise<Endpoint[]> | Endpoint[] {
  checkCombination(options);
  if (options.unix) return [unixEndpoint(words, options)];
  return options.vsock ? [vsockEndpoint(words, options)] : internetEndpoints(words, options);
}

const transports = ['unix', 'vsock'] as const;

function checkCombination(options: NcOptions): void {
  if (transports.every(name => options[name])) throw new Mistake('choose one of --unix and --vsock');
  if (options.seqpacket && !options.unix) throw new Mistake('--seqpacket needs --unix');
  if (options.tls && (options.udp || options.seqpacket)) throw new Mistake('--tls needs a stream');
  if (options.tls && options.listen && (options.cert === undefined || options.key === undefined))
    throw new Mistake('--tls with --listen needs --cert and --key');
  if (options.keep && !options.listen) throw new Mistake('--keep needs --listen');
  if (options.vsock && options.udp) throw new Mistake('choose one of --udp and --vsock');
}

/** A name that begins with @ is abstract, as ss(8) prints it. */
export function unixAddress(name: string): { path: string } | { abstract: string } {
  return name.startsWith('@') ? { abstract: name.slice(1) } : { path: name };
}

function unixEndpoint([name, ...rest]: readonly string[], options: NcOptions): Endpoint {
  if (name === undefined || rest.length > 0)
    throw new Mistake('--unix needs one path, or @NAME for an abstract name');
  const type = options.seqpacket ? SOCK_SEQPACKET : options.udp ? SOCK_DGRAM : SOCK_STREAM;
  return { family: AF_UNIX, type, address: unixAddress(name), name, label: name };
}

function vsockEndpoint(words: readonly string[], { listen }: NcOptions): Endpoint {
  const [cid, port] =
    listen && words.length === 1 ? [VMADDR_CID_ANY, words[0]] : [numberOf(words[0], 'CID'), words[1]];
  const address = { cid, port: numberOf(port, 'port') };
  return {
    family: AF_VSOCK,
    type: SOCK_STREAM,
    address,
    name: 'localhost',
    label: `vsock ${cid} port ${address.port}`,
  };
}

function numberOf(text: string | undefined, what: string): number {
  if (text !== undefined && /^\d+$/.test(text) && Number(text) <= 0xffffffff) return Number(text);
  throw new Mistake(text === undefined ? `the ${what} is missing` : `'${text}' is not a ${what}`);
}

async function internetEndpoints(words: readonly string[], options: NcOptions): Promise<Endpoint[]> {
  const [host, service] =
    options.listen && words.length === 1 ? [null, words[0]] : [words[0] ?? null, words[1]];
  if (service === undefined) throw new Mistake('the port is missing');
  const type = options.udp ? SOCK_DGRAM : SOCK_STREAM;
  // A server without a host takes IPv4, as nc does; -6 takes IPv6.
  const family = options.ipv6 ? AF_INET6 : options.ipv4 || host === null ? AF_INET : AF_UNSPEC;
  const found = await getaddrinfo(host, service, { family, type, flags: options.listen ? AI_PASSIVE : 0 });
  return found.map(({ address, family: number }) => ({
    family: number,
    type,
    address,
    name: host ?? 'localhost',
    label: `${host ?? address.host} port ${address.port}`,
  }));
}

/** The text of an address of any family, for messages. */
export function labelOf(address: object | null): string {
  if (address === null) return 'an unnamed peer';
  if ('port' in address && 'host' in address) return `${address.host} port ${address.port}`;
  if ('cid' in address && 'port' in address) return `vsock ${address.cid} port ${address.port}`;
  const unix = address as UnixAddress;
  if ('path' in unix) return String(unix.path);
  return 'abstract' in unix ? `@${unix.abstract}` : 'an unnamed peer';
}
