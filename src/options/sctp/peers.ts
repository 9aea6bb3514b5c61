/** The addresses of an association, and how each is monitored. */
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
import { checkCount } from '../element-count.js';
import { type Inet, sctp } from '../levels.js';
import type { Option, OptionCodec, ReadOnlyOption, WriteOnlyOption } from '../option.js';

/** The primary address of an association. */
export interface PrimaryAddress extends OfAssociation {
  /** The address; `null` for none. */
  readonly address: SctpAddress | null;
}

/** The primary address of an association, as it is set. */
export interface PrimaryAddressInput {
  /** The association; by default that of a connected socket. */
  readonly association?: number | undefined;
  /** The address, numeric. */
  readonly address: { readonly host: string; readonly port: number };
}

const primaryCodec: Codec<PrimaryAddress, PrimaryAddressInput> = record<PrimaryAddress, PrimaryAddressInput>(
  sctp_prim.size,
  { association: associationAt(sctp_prim.ssp_assoc_id), address: addressAt(sctp_prim.ssp_addr) },
);

/** The peer’s primary address, to which data is sent while it answers. */
export const primaryAddr: Option<PrimaryAddress, Inet, PrimaryAddressInput> = sctp.readWrite(
  'SCTP_PRIMARY_ADDR',
  primaryCodec,
  { note: 'EINVAL if there is no association' },
);

/** Asks the peer to use one of the local addresses as primary address. */
export const setPeerPrimaryAddr: WriteOnlyOption<PrimaryAddressInput, Inet> = sctp.writeOnly(
  'SCTP_SET_PEER_PRIMARY_ADDR',
  primaryCodec,
  { note: 'the sysctl net.sctp.addip_enable must be 1' },
);

/** The state of an address of the peer. Read it with `withParameter(sctp.getPeerAddrInfo, { address })`. */
export const getPeerAddrInfo: ReadOnlyOption<PeerInfo, Inet> = sctp.readOnly(
  'SCTP_GET_PEER_ADDR_INFO',
  record<PeerInfo>(sctp_paddrinfo.size, peerInfoFields),
  { note: 'EINVAL without a parameter' },
);

/** How addresses of the peer are monitored. An omitted field or 0 leaves a parameter unchanged. */
export interface PeerParameters extends OfAssociation {
  /** The peer’s address; `null` for all. */
  readonly address: SctpAddress | null;
  /** The interval of heartbeats, in milliseconds: `SPP_HB_ENABLE`. */
  readonly hbinterval: number;
  /** The number of unanswered retransmissions after which the address is considered unreachable. */
  readonly pathmaxrxt: number;
  /** The path MTU if it is not discovered, in bytes: `SPP_PMTUD_DISABLE`. */
  readonly pathmtu: number;
  /** The delay of acknowledgements, in milliseconds: `SPP_SACKDELAY_ENABLE`. */
  readonly sackdelay: number;
  /** `SPP_` bits, which select the parameters to set. */
  readonly flags: number;
  /** The flow label of sent packets: `SPP_IPV6_FLOWLABEL`. */
  readonly ipv6Flowlabel: number;
  /** The DSCP of sent packets: `SPP_DSCP`. */
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

/** How addresses of the peer are monitored. */
export const peerAddrParams: Option<PeerParameters, Inet, Partial<PeerParameters>> = sctp.readWrite(
  'SCTP_PEER_ADDR_PARAMS',
  parametersCodec,
);

/** The UDP port that carries SCTP to an address of the peer; 0 for none. */
export interface UdpEncapsulation extends OfAssociation {
  /** The peer’s address; `null` for all. */
  readonly address: SctpAddress | null;
  /** The UDP port; 0 for none. */
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

/** The interval of path MTU probes, in milliseconds; 0 for no probes. */
export interface ProbeInterval extends OfAssociation {
  /** The peer’s address; `null` for all. */
  readonly address: SctpAddress | null;
  /** The interval, in milliseconds; 0 for no probes. */
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

/** The interval of path MTU probes (RFC 8899). */
export const plpmtudProbeInterval: Option<ProbeInterval, Inet, Partial<ProbeInterval>> = sctp.readWrite(
  'SCTP_PLPMTUD_PROBE_INTERVAL',
  probeCodec,
  { since: '5.14', note: '5000 or more, or 0' },
);

/** The local or the peer’s addresses of an association. */
export interface SctpAddresses extends OfAssociation {
  /** The addresses. */
  readonly addresses: readonly SctpAddress[];
}

/** Space for dozens of addresses. If it is too small, the kernel returns ENOMEM. */
const ANSWER_SIZE = 4096;

/** Decodes addresses that follow each other without gaps. The length of each depends on its family. */
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

const addressesCodec: OptionCodec<SctpAddresses, never> = {
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
  { note: 'EINVAL if there is no association' },
);

/** The local addresses. */
export const getLocalAddrs: ReadOnlyOption<SctpAddresses, Inet> = sctp.readOnly('SCTP_GET_LOCAL_ADDRS', {
  ...addressesCodec,
  uncounted: sctp_getaddrs.addrs, // net/sctp/socket.c, sctp_getsockopt_local_addrs: "we can't change it anymore"
});
