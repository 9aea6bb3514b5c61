/**
 * The tests of a filter, as classic BPF. Each continues at the label `yes` or `no`. Offsets are those of RFC 791, RFC 8200
 * and RFC 826. Jumps only lead forwards, as classic BPF demands.
 */

import { AF_INET, AF_INET6, inet_pton } from 'berkeley';
import { jump, type Label, label, ld, ldx, type Statement, X } from 'berkeley/bpf';
import { Mistake } from '../failure.js';
import type { Side } from './expression.js';

export type Line = Statement | Label;

/** What a test needs to know. */
export interface Place {
  /** The length of the link-layer header. */
  readonly header: number;
  /** Returns a new label. */
  newLabel(): string;
}

const IPV4 = 0x0800;
const ARP = 0x0806;
const IPV6 = 0x86dd;
const networks: Readonly<Record<string, number>> = { ip: IPV4, ip6: IPV6, arp: ARP };
/** The protocol numbers of transports over IPv4 and IPv6. */
const transports: Readonly<Record<string, { readonly ip?: number; readonly ip6?: number }>> = {
  tcp: { ip: 6, ip6: 6 },
  udp: { ip: 17, ip6: 17 },
  sctp: { ip: 132, ip6: 132 },
  icmp: { ip: 1 },
  icmp6: { ip6: 58 },
};
/** TCP, UDP, SCTP: the transports that begin with two ports. */
const WITH_PORTS = [6, 17, 132];

/** The kernel's own note of the protocol, which frames of every device have. */
function network(protocol: number, yes: string, no: string): Line[] {
  return [ld.ancillary('protocol'), jump.eq(protocol, yes, no)];
}

/** Continues with `body` for packets of a network protocol, and after it for others. */
function only(place: Place, protocol: number, body: readonly Line[]): Line[] {
  const [inside, outside] = [place.newLabel(), place.newLabel()];
  return [...network(protocol, inside, outside), label(inside), ...body, label(outside)];
}

/** `tcp`, `ip`, … */
export function testProtocol(place: Place, name: string, yes: string, no: string): Line[] {
  const number = networks[name];
  if (number !== undefined) return network(number, yes, no);
  const { ip, ip6 } = transports[name]!;
  const byte = (offset: number, value: number) => [ld.byte(place.header + offset), jump.eq(value, yes, no)];
  return [
    ...(ip === undefined ? [] : only(place, IPV4, byte(9, ip))),
    ...(ip6 === undefined ? [] : only(place, IPV6, byte(6, ip6))),
    jump.always(no),
  ];
}

/** `host 192.0.2.1`. */
export function testHost(place: Place, address: string, side: Side, yes: string, no: string): Line[] {
  const words = (offsets: Offsets) => testWords(place, wordsOf(address), chosen(offsets, side), yes, no);
  if (address.includes(':')) return [...only(place, IPV6, words({ src: 8, dst: 24 })), jump.always(no)];
  return [
    ...only(place, IPV4, words({ src: 12, dst: 16 })),
    ...only(place, ARP, words({ src: 14, dst: 24 })),
    jump.always(no),
  ];
}

type Offsets = Readonly<Record<'src' | 'dst', number>>;

const chosen = ({ src, dst }: Offsets, side: Side) =>
  side === 'either' ? [src, dst] : [side === 'src' ? src : dst];

function wordsOf(address: string): number[] {
  const bytes = packed(address.includes(':') ? AF_INET6 : AF_INET, address);
  return Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readUInt32BE(4 * at));
}

function packed(family: number, address: string): Buffer {
  try {
    return Buffer.from(inet_pton(family, address));
  } catch {
    throw new Mistake(`filter: '${address}' is not an address; names are not looked up`);
  }
}

/** Compares an address with those at the offsets, any of which can be equal. */
function testWords(
  { header, newLabel }: Place,
  words: readonly number[],
  offsets: readonly number[],
  yes: string,
  no: string,
): Line[] {
  return [
    ...offsets.flatMap(offset => {
      const other = newLabel();
      const compare = (word: number, at: number) => [ld.word(header + offset + 4 * at), jump.ne(word, other)];
      return [...words.flatMap(compare), jump.always(yes), label(other)];
    }),
    jump.always(no),
  ];
}

/** `port 53`. */
export function testPort(place: Place, port: number, side: Side, yes: string, no: string): Line[] {
  const { header } = place;
  const ports = (load: (offset: number) => Statement) => [
    ...chosen({ src: 0, dst: 2 }, side).flatMap(offset => [load(offset), jump.eq(port, yes)]),
    jump.always(no),
  ];
  return [
    ...only(place, IPV4, [
      ...skipUnless(place, header + 9, WITH_PORTS, no),
      ...[ld.half(header + 6), jump.set(0x1fff, no)], // a later fragment has no ports
      ldx.headerLength(header),
      ...ports(offset => ld.half(X.plus(header + offset))),
    ]),
    ...only(place, IPV6, [
      ...skipUnless(place, header + 6, WITH_PORTS, no),
      ...ports(offset => ld.half(header + 40 + offset)),
    ]),
    jump.always(no),
  ];
}

/** Goes on if a byte has one of the values. */
function skipUnless({ newLabel }: Place, offset: number, values: readonly number[], no: string): Line[] {
  const found = newLabel();
  return [ld.byte(offset), ...values.map(value => jump.eq(value, found)), jump.always(no), label(found)];
}
