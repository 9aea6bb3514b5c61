/** The names of the sockets that have an option. */
import * as berkeley from 'berkeley';
import type { OptionFacts } from 'berkeley/options';
import { constantsOf } from '../tables/subject.js';
import { subjects } from '../tables/subjects/index.js';
import { code } from './markdown.js';

/** A protocol of each family that has its own protocol names. The other names are in the same group. */
const protocolOf: Readonly<Record<string, string>> = {
  inet: 'IPPROTO_TCP',
  inet6: 'IPPROTO_TCP',
  can: 'CAN_RAW',
  bluetooth: 'BTPROTO_L2CAP',
  netlink: 'NETLINK_ROUTE',
};

const { SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_RDM, SOCK_SEQPACKET, SOCK_DCCP } = berkeley;
const types = { SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_RDM, SOCK_SEQPACKET, SOCK_DCCP };

/** `` `AF_INET`, `AF_INET6`; `SOCK_DGRAM` ``; `all` if there is no restriction. */
export function socketsOf({ families, types: some, protocols }: OptionFacts): string {
  const parts = [
    families?.map(name => `AF_${name.toUpperCase()}`),
    some?.map(number => nameOf(number, Object.keys(types))),
    protocols?.map(number => nameOf(number, protocolNames(families?.[0] ?? 'inet'))),
  ];
  const texts = parts.flatMap(names => (names === undefined ? [] : [names.map(code).join(', ')]));
  return texts.length === 0 ? 'all' : texts.join('; ');
}

function nameOf(number: number, names: readonly string[]): string {
  const known = berkeley as unknown as Record<string, unknown>;
  const name = names.find(candidate => known[candidate] === number);
  if (name === undefined) throw new Error(`no name for ${number} among ${names.join(' ')}`);
  return name;
}

function protocolNames(family: string): readonly string[] {
  const one = protocolOf[family];
  const groups = subjects.flatMap(subject =>
    subject.groups.map(group => constantsOf(group).map(({ name }) => name)),
  );
  return groups.find(names => one !== undefined && names.includes(one)) ?? [];
}
