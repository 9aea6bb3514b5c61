/** Options for every packet that a socket sends: extension headers, source address, flow label. RFC 3542. */

import { interfaceAt } from '../../address/fields.js';
import type { InterfaceInput } from '../../address/interface.js';
import { checkInteger } from '../../errors/argument.js';
import { in6_flowlabel_req, in6_pktinfo } from '../../families/inet6/layout.js';
import { bytes } from '../../layout/bytes.js';
import type { Codec } from '../../layout/codec.js';
import { ipv6 as host } from '../../layout/ip.js';
import { type Field, optional, record, u8, u16 } from '../../layout/record.js';
import { ipv6 } from '../levels.js';
import type { Option, WriteOnlyOption } from '../option.js';

/** The maximum length of an extension header: the length is one byte, in units of 8 bytes. RFC 8200. */
const LONGEST_HEADER = 256 * 8;
const EMPTY = 'an empty value removes it';

/** The hop-by-hop options header. */
export const hopopts: Option<Buffer, 'inet6', Uint8Array> = ipv6.readWrite(
  'IPV6_HOPOPTS',
  bytes(LONGEST_HEADER),
  { needs: 'CAP_NET_RAW', note: EMPTY },
);

/** The routing header. */
export const rthdr: Option<Buffer, 'inet6', Uint8Array> = ipv6.readWrite(
  'IPV6_RTHDR',
  bytes(LONGEST_HEADER),
  {
    note: EMPTY,
  },
);

/** The destination options header before the routing header. */
export const rthdrdstopts: Option<Buffer, 'inet6', Uint8Array> = ipv6.readWrite(
  'IPV6_RTHDRDSTOPTS',
  bytes(LONGEST_HEADER),
  { needs: 'CAP_NET_RAW', note: EMPTY },
);

/** The destination options header. */
export const dstopts: Option<Buffer, 'inet6', Uint8Array> = ipv6.readWrite(
  'IPV6_DSTOPTS',
  bytes(LONGEST_HEADER),
  { needs: 'CAP_NET_RAW', note: EMPTY },
);

/** The source address and interface of sent packets. */
export interface SourceInfo {
  /** The source address; by default `'::'`, the route’s. */
  readonly address?: string | undefined;
  /** The interface; by default 0, the route’s. */
  readonly interface?: InterfaceInput | undefined;
}

const sourceInfo: Codec<SourceInfo> = record<SourceInfo>(in6_pktinfo.size, {
  address: optional(host(in6_pktinfo.ipi6_addr), '::'),
  interface: optional(interfaceAt(in6_pktinfo.ipi6_ifindex), 0),
});

/** The source address and interface of sent packets. */
export const pktinfo: WriteOnlyOption<SourceInfo, 'inet6'> = ipv6.writeOnly('IPV6_PKTINFO', sourceInfo);

/** A lease of a flow label. */
export interface FlowLabel {
  /** The destination of the flow. */
  readonly destination: string;
  /** The label, 20 bits, not 0. */
  readonly label: number;
  /** `IPV6_FL_A_GET`, `IPV6_FL_A_PUT`, `IPV6_FL_A_RENEW`. */
  readonly action: number;
  /** Who may share the label: one of `IPV6_FL_S_`. */
  readonly share?: number | undefined;
  /** `IPV6_FL_F_` bits. */
  readonly flags?: number | undefined;
  /** How long the label can be used, in seconds. */
  readonly expires?: number | undefined;
  /** How long the label is kept after its last use, in seconds. */
  readonly linger?: number | undefined;
}

/** A flow label, in network byte order, in the low 20 bits of the flow information. */
function labelAt(offset: number): Field<number> {
  return {
    offset,
    size: 4,
    read: view => view.getUint32(offset) & 0xfffff,
    write: (view, value, argument) => view.setUint32(offset, checkInteger(value, argument, 0, 0xfffff)),
  };
}

const flowLabel: Codec<FlowLabel> = record<FlowLabel>(in6_flowlabel_req.size, {
  destination: host(in6_flowlabel_req.flr_dst),
  label: labelAt(in6_flowlabel_req.flr_label),
  action: u8(in6_flowlabel_req.flr_action),
  share: optional(u8(in6_flowlabel_req.flr_share), 0),
  flags: optional(u16(in6_flowlabel_req.flr_flags), 0),
  expires: optional(u16(in6_flowlabel_req.flr_expires), 0),
  linger: optional(u16(in6_flowlabel_req.flr_linger), 0),
});

/** Leases a flow label, renews the lease or releases it. */
export const flowlabelMgr: WriteOnlyOption<FlowLabel, 'inet6'> = ipv6.writeOnly(
  'IPV6_FLOWLABEL_MGR',
  flowLabel,
  { note: 'shared leases need CAP_NET_ADMIN if net.ipv6.flowlabel_consistency is set' },
);
