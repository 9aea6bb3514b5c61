/** Selects sockets, with the defaults of ss(8). */
import { IPPROTO_TCP, IPPROTO_UDP, SOCK_DGRAM, SOCK_SEQPACKET } from 'berkeley';
import {
  TCP_CLOSE,
  TCP_CLOSE_WAIT,
  TCP_CLOSING,
  TCP_ESTABLISHED,
  TCP_FIN_WAIT1,
  TCP_FIN_WAIT2,
  TCP_LAST_ACK,
  TCP_LISTEN,
  TCP_SYN_RECV,
  TCP_SYN_SENT,
  TCP_TIME_WAIT,
} from 'berkeley/constants';
import { listSockets, type SocketEntry, type UnixSocketEntry } from 'berkeley/netlink';
import type { SsOptions } from './command.js';

/** A kind of socket. */
export type Kind = 'tcp' | 'udp' | 'unix';

/** A socket, and its kind in the words of ss: `tcp`, `udp`, `u_str`, `u_dgr`, `u_seq`. */
export type Entry = { readonly kind: string } & (SocketEntry | UnixSocketEntry);

/** The states by their names in options. */
const numbers: Readonly<Record<string, number>> = {
  established: TCP_ESTABLISHED,
  'syn-sent': TCP_SYN_SENT,
  'syn-recv': TCP_SYN_RECV,
  'fin-wait-1': TCP_FIN_WAIT1,
  'fin-wait-2': TCP_FIN_WAIT2,
  'time-wait': TCP_TIME_WAIT,
  'close-wait': TCP_CLOSE_WAIT,
  'last-ack': TCP_LAST_ACK,
  listen: TCP_LISTEN,
  closing: TCP_CLOSING,
};

const mask = (...states: readonly number[]) => states.reduce((bits, state) => bits | (1 << state), 0);
const ALL = 0xfff;
/** UDP and Unix datagram sockets without a peer are in the state "close". */
const SERVERS = mask(TCP_LISTEN, TCP_CLOSE);
const CONNECTIONS = ALL & ~mask(TCP_LISTEN, TCP_CLOSE, TCP_TIME_WAIT, TCP_SYN_RECV);

function statesOf({ state, all, listening }: SsOptions): number {
  if (state !== undefined) return mask(numbers[state]!);
  return all ? ALL : listening ? SERVERS : CONNECTIONS;
}

const kinds: readonly Kind[] = ['tcp', 'udp', 'unix'];

/** Lists the sockets that the options select. */
export async function listEntries(options: SsOptions): Promise<Entry[]> {
  const isInternet = options.ipv4 || options.ipv6 || options.port !== undefined;
  const named = kinds.filter(kind => options[kind]);
  const chosen = named.length > 0 ? named : isInternet ? kinds.slice(0, 2) : kinds;
  const lists = await Promise.all(chosen.map(kind => listKind(kind, options)));
  return lists.flat().filter(entry => hasPort(entry, options.port));
}

async function listKind(kind: Kind, options: SsOptions): Promise<Entry[]> {
  const wanted = { states: statesOf(options), owners: options.processes === true };
  if (kind === 'unix') {
    const entries = await listSockets({ ...wanted, family: 'unix' });
    return entries.map(entry => ({ kind: unixKind(entry.type), ...entry }));
  }
  const protocol = kind === 'tcp' ? IPPROTO_TCP : IPPROTO_UDP;
  const family = options.ipv4 ? 'inet' : options.ipv6 ? 'inet6' : undefined;
  const entries = await listSockets({ ...wanted, protocol, family });
  return entries.map(entry => ({ kind, ...entry }));
}

const unixKind = (type: number) =>
  type === SOCK_DGRAM ? 'u_dgr' : type === SOCK_SEQPACKET ? 'u_seq' : 'u_str';

function hasPort(entry: Entry, port: number | undefined): boolean {
  if (port === undefined) return true;
  return entry.family !== 'unix' && (entry.local.port === port || entry.remote.port === port);
}
