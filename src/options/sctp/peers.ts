/** The addresses of an association, and how each is watched. */
import { decodeAddress, readFamily } from '../../address/registry.js';
import { sockaddr_in } from '../../families/inet/layout.js';
import {
  sctp_getaddrs,
  sctp_paddrinfo,
  sctp_paddrparams,
  sctp_prim,
  sctp_probeinterval,
  sctp_udpencaps,
} from '../../families/inet/sctp-layout.js';
import {
  addressAt,
  associationAt,
  type OfAssociation,
  type PeerInfo,
  peerInfoFields,
  type SctpAddress,
} from '../../families/inet/sctp-structures.js';
import { AF_INET6 } from '../../families/inet6/constants.js';
import { sockaddr_in6 } from '../../families/inet6/layout.js';
import type { Codec } from '../../layout/codec.js';
import { type Field, network16, optional, record, u8, u16, u32 } from '../../layout/record.js';
import { checkCount } from '../answer.js';
import { type Inet, sctp } from '../levels.js';
import type { Option, ReadOnlyOption, WriteOnlyOption } from '../option.js';

/** An association's one address. */
export interface PrimaryAddress extends OfAssociation {
  /** The address; `null` for none. */
  readonly address: SctpAddress | null;
}

/** The same, as it is set. */
export interface PrimaryAddressInput {
  /** The association; by default the one of a connected socket. */
  readonly association?: number | undefined;
  /** The address, in numbers. */
  readonly address: { readonly host: string; readonly port: number };
}

const primaryCodec: Codec<PrimaryAddress, PrimaryAddressInput> = record<PrimaryAddress, PrimaryAddressInput>(
  sctp_prim.size,
  { association: associationAt(sctp_prim.ssp_assoc_id), address: addressAt(sctp_prim.ssp_addr) },
);

/** The peer’s address that is sent to as long as it answers. */
export const primaryAddr: Option<PrimaryAddress, Inet, PrimaryAddressInput> = sctp.readWrite(
  'SCTP_PRIMARY_ADDR',
  primaryCodec,
  { note: 'EINVAL where there is no association' },
);

/** Asks the peer to make one of our addresses the one that it sends to. */
export const setPeerPrimaryAddr: WriteOnlyOption<PrimaryAddressInput, Inet> = sctp.writeOnly(
  'SCTP_SET_PEER_PRIMARY_ADDR',
  primaryCodec,
  { note: 'net.sctp.addip_enable has to be 1' },
);

/** What is known of an address of the peer: `withParameter(sctp.getPeerAddrInfo, { address })`. */
export const getPeerAddrInfo: ReadOnlyOption<PeerInfo, Inet> = sctp.readOnly(
  'SCTP_GET_PEER_ADDR_INFO',
  record<PeerInfo>(sctp_paddrinfo.size, peerInfoFields),
  { note: 'EINVAL without a parameter' },
);

/** How addresses of the peer are watched; what is left out or 0 stays as it is. */
export interface PeerParameters extends OfAssociation {
  /** Of which address; `null` for all. */
  readonly address: SctpAddress | null;
  /** Milliseconds between heartbeats: `SPP_HB_ENABLE`. */
  readonly hbinterval: number;
  /** How many retransmissions may stay unanswered before the address is given up. */
  readonly pathmaxrxt: number;
  /** The MTU of the path where it is not found out, in bytes: `SPP_PMTUD_DISABLE`. */
  readonly pathmtu: number;
  /** Milliseconds that an acknowledgement is delayed: `SPP_SACKDELAY_ENABLE`. */
  readonly sackdelay: number;
  /** `SPP_` bits: which of these are set. */
  readonly flags: number;
  /** The flow label of packets sent: `SPP_IPV6_FLOWLABEL`. */
  readonly ipv6Flowlabel: number;
  /** The DSCP of packets sent: `SPP_DSCP`. */
  readonly dscp: number;
}

const optional32 = (offset: number): Field<number> => optional(u32(offset), 0);

const parametersCodec: Codec<PeerParameters, Partial<PeerParameters>> = record<
  PeerParameters,
  Partial<PeerParameters>
>(sctp_paddrparams.size, {
  association: associationAt(sctp_paddrparams.spp_assoc_id),
  address: addressAt(sctp_paddrparams.spp_address),
  hbinterval: optional32(sctp_paddrparams.spp_hbinterval),
  pathmaxrxt: optional(u16(sctp_paddrparams.spp_pathmaxrxt), 0),
  pathmtu: optional32(sctp_paddrparams.spp_pathmtu),
  sackdelay: optional32(sctp_paddrparams.spp_sackdelay),
  flags: optional32(sctp_paddrparams.spp_flags),
  ipv6Flowlabel: optional32(sctp_paddrparams.spp_ipv6_flowlabel),
  dscp: optional(u8(sctp_paddrparams.spp_dscp), 0),
});

/** How addresses of the peer are watched. */
export const peerAddrParams: Option<PeerParameters, Inet, Partial<PeerParameters>> = sctp.readWrite(
  'SCTP_PEER_ADDR_PARAMS',
  parametersCodec,
);

/** The UDP port that carries SCTP to an address of the peer; 0 for none. */
export interface UdpEncapsulation extends OfAssociation {
  /** Of which address; `null` for all. */
  readonly address: SctpAddress | null;
  /** The port of UDP; 0: none. */
  readonly port: number;
}

const encapsulationCodec: Codec<UdpEncapsulation, Partial<UdpEncapsulation>> = record<
  UdpEncapsulation,
  Partial<UdpEncapsulation>
>(sctp_udpencaps.size, {
  association: associationAt(sctp_udpencaps.sue_assoc_id),
  address: addressAt(sctp_udpencaps.sue_address),
  port: network16(sctp_udpencaps.sue_port),
});

/** The UDP port that carries SCTP to the peer (RFC 6951). */
export const remoteUdpEncapsPort: Option<UdpEncapsulation, Inet, Partial<UdpEncapsulation>> = sctp.readWrite(
  'SCTP_REMOTE_UDP_ENCAPS_PORT',
  encapsulationCodec,
  { since: '5.11' },
);

/** How often the path's MTU is probed, in milliseconds; 0: not at all. */
export interface ProbeInterval extends OfAssociation {
  /** Of which address; `null` for all. */
  readonly address: SctpAddress | null;
  /** Milliseconds; 0: no probes. */
  readonly interval: number;
}

const probeCodec: Codec<ProbeInterval, Partial<ProbeInterval>> = record<
  ProbeInterval,
  Partial<ProbeInterval>
>(sctp_probeinterval.size, {
  association: associationAt(sctp_probeinterval.spi_assoc_id),
  address: addressAt(sctp_probeinterval.spi_address),
  interval: u32(sctp_probeinterval.spi_interval),
});

/** How often the path’s MTU is probed (RFC 8899). */
export const plpmtudProbeInterval: Option<ProbeInterval, Inet, Partial<ProbeInterval>> = sctp.readWrite(
  'SCTP_PLPMTUD_PROBE_INTERVAL',
  probeCodec,
  { since: '5.14', note: '5000 or more, or 0' },
);

/** The addresses of one end. */
export interface SctpAddresses extends OfAssociation {
  /** All of them. */
  readonly addresses: readonly SctpAddress[];
}

/** Space for dozens of addresses; the kernel says ENOMEM to less than it needs. */
const ANSWER_SIZE = 4096;

/** Addresses stand one after the other, each as long as its family's are. */
function readAddresses(bytes: Buffer, count: number): SctpAddress[] {
  const addresses: SctpAddress[] = [];
  let at = sctp_getaddrs.addrs;
  checkCount(count, (bytes.length - at) / sockaddr_in.size, 'addresses');
  for (let i = 0; i < count; i++) {
    const size = readFamily(bytes.subarray(at)) === AF_INET6 ? sockaddr_in6.size : sockaddr_in.size;
    if (at + size > bytes.length) checkCount(count, i, 'addresses');
    addresses.push(decodeAddress(bytes.subarray(at, at + size), size) as SctpAddress);
    at += size;
  }
  return addresses;
}

const head = record<{ association: number; count: number }, { association?: number }>(sctp_getaddrs.size, {
  association: associationAt(sctp_getaddrs.assoc_id),
  count: optional(u32(sctp_getaddrs.addr_num), 0),
});

const addressesCodec: Codec<SctpAddresses, never> = {
  type: '{ association, addresses }',
  size: ANSWER_SIZE,
  fits: length => length >= sctp_getaddrs.size,
  encodePart: head.encode,
  encode: () => new Uint8Array(0),
  decode(bytes) {
    const { association, count } = head.decode(bytes);
    return Object.freeze({ association, addresses: Object.freeze(readAddresses(bytes, count)) });
  },
};

/** The addresses of the peer. */
export const getPeerAddrs: ReadOnlyOption<SctpAddresses, Inet> = sctp.readOnly(
  'SCTP_GET_PEER_ADDRS',
  addressesCodec,
  { note: 'EINVAL where there is no association' },
);

/** Our addresses. */
export const getLocalAddrs: ReadOnlyOption<SctpAddresses, Inet> = sctp.readOnly(
  'SCTP_GET_LOCAL_ADDRS',
  addressesCodec,
);
