/** The metadata of a packet that a program can load. */
import * as b from './constants.js';

/** The name of a packet's metadata, for `ld.ancillary`. */
export type Ancillary =
  | 'protocol'
  | 'packetType'
  | 'interface'
  | 'netlinkAttribute'
  | 'nestedAttribute'
  | 'mark'
  | 'queue'
  | 'hardwareType'
  | 'flowHash'
  | 'processor'
  | 'xorX'
  | 'vlanTag'
  | 'hasVlanTag'
  | 'payloadOffset'
  | 'random'
  | 'vlanProtocol';

/** The offset from SKF_AD_OFF, and the spelling of tcpdump and bpf_asm. */
const rows: Readonly<Record<Ancillary, readonly [offset: number, written: string]>> = {
  protocol: [b.SKF_AD_PROTOCOL, 'proto'],
  packetType: [b.SKF_AD_PKTTYPE, 'type'],
  interface: [b.SKF_AD_IFINDEX, 'ifidx'],
  netlinkAttribute: [b.SKF_AD_NLATTR, 'nla'],
  nestedAttribute: [b.SKF_AD_NLATTR_NEST, 'nlan'],
  mark: [b.SKF_AD_MARK, 'mark'],
  queue: [b.SKF_AD_QUEUE, 'queue'],
  hardwareType: [b.SKF_AD_HATYPE, 'hatype'],
  flowHash: [b.SKF_AD_RXHASH, 'rxhash'],
  processor: [b.SKF_AD_CPU, 'cpu'],
  xorX: [b.SKF_AD_ALU_XOR_X, 'xor x'],
  vlanTag: [b.SKF_AD_VLAN_TAG, 'vlan_tci'],
  hasVlanTag: [b.SKF_AD_VLAN_TAG_PRESENT, 'vlanp'],
  payloadOffset: [b.SKF_AD_PAY_OFFSET, 'poff'],
  random: [b.SKF_AD_RANDOM, 'rand'],
  vlanProtocol: [b.SKF_AD_VLAN_TPID, 'vlan_tpid'],
};

/** The names of all metadata. */
export const ancillaryNames: readonly string[] = Object.keys(rows);

/** Returns the offset to load, or `undefined` for an unknown name. */
export function ancillaryOffset(name: Ancillary): number | undefined {
  const row = Object.hasOwn(rows, name) ? rows[name] : undefined;
  return row && b.SKF_AD_OFF + row[0];
}

/** Returns the spelling of an offset in assembly, or `undefined` if it is not metadata. */
export function ancillaryName(offset: number): string | undefined {
  return Object.values(rows).find(([place]) => b.SKF_AD_OFF + place === offset)?.[1];
}
