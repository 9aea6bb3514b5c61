/** Links, which are network interfaces, as `ip link` lists them. rtnetlink(7). */

import { checkText, invalidValue } from '../errors/argument.js';
import { ifinfomsg } from '../families/netlink/layout.js';
import { inputBytes } from '../layout/memory.js';
import {
  attributeText,
  type NetlinkAttributeInput,
  nestedAttributes,
  packAttributesOf,
} from '../layout/netlink-attributes.js';
import { i32, u16, u32 } from '../layout/record.js';
import * as c from './constants.js';
import {
  attribute,
  attributeOr,
  checkInput,
  field,
  hardware,
  number,
  type Properties,
  type Property,
  packProperties,
  readProperties,
  sourceOf,
  text,
} from './properties.js';

/** A network interface. */
export interface Link {
  /** The interface index. */
  readonly index: number;
  /** The interface name. */
  readonly name: string;
  /** `IFF_` constants, or-ed. */
  readonly flags: number;
  /** The maximum transmission unit, in bytes. */
  readonly mtu: number;
  /** The kind of device: an `ARPHRD_` constant. */
  readonly hardwareType: number;
  /** The hardware address: `'0a:1b:2c:3d:4e:5f'`. `undefined` if the link has none. */
  readonly hardwareAddress: string | undefined;
  /** The broadcast address of the link layer. */
  readonly hardwareBroadcast: string | undefined;
  /** The operational state of RFC 2863: an `IF_OPER_` constant. */
  readonly operationalState: number;
  /** The kind of virtual link: `'veth'`, `'bridge'`, `'vcan'`, … `undefined` for a physical device. */
  readonly kind: string | undefined;
  /** The index of the bridge or bond that the link belongs to. */
  readonly master: number | undefined;
  /** The index of the link below, for example of a VLAN, or of the peer of a veth pair. */
  readonly lower: number | undefined;
  /** The queueing discipline: `'noqueue'`, `'fq_codel'`. */
  readonly queueing: string | undefined;
  /** The length of the transmit queue, in packets. */
  readonly queueLength: number | undefined;
  /** The alias that an administrator gave the link. */
  readonly alias: string | undefined;
}

/** A network interface to pack: `index` or `name`, and what is to be set. */
export interface LinkInput {
  /** The interface index. 0, the default, is a new link, or the one with the name. */
  readonly index?: number | undefined;
  /** The interface name, at most 15 bytes. */
  readonly name?: string | undefined;
  /** `IFF_` constants, or-ed: the flags that are set. */
  readonly flags?: number | undefined;
  /** `IFF_` constants, or-ed: the flags that can change. The default is `flags`, so that no flag is cleared. */
  readonly change?: number | undefined;
  /** The maximum transmission unit, in bytes. */
  readonly mtu?: number | undefined;
  /** The kind of device: an `ARPHRD_` constant. */
  readonly hardwareType?: number | undefined;
  /** The hardware address: `'0a:1b:2c:3d:4e:5f'`. */
  readonly hardwareAddress?: string | undefined;
  /** The broadcast address of the link layer. */
  readonly hardwareBroadcast?: string | undefined;
  /** The operational state of RFC 2863: an `IF_OPER_` constant. */
  readonly operationalState?: number | undefined;
  /** The kind of virtual link: `'veth'`, `'bridge'`, `'vcan'`, … */
  readonly kind?: string | undefined;
  /** Attributes of the kind, which are inside IFLA_INFO_DATA: `[[VETH_INFO_PEER, packLink({ name: 'red' })]]`. */
  readonly kindAttributes?: readonly NetlinkAttributeInput[] | undefined;
  /** The index of the bridge or bond that the link belongs to; 0 for none. */
  readonly master?: number | undefined;
  /** The index of the link below, for example of a VLAN. */
  readonly lower?: number | undefined;
  /** The queueing discipline. The kernel ignores it: another message sets it (tc(8)). */
  readonly queueing?: string | undefined;
  /** The length of the transmit queue, in packets. */
  readonly queueLength?: number | undefined;
  /** The alias, at most 255 bytes. */
  readonly alias?: string | undefined;
  /** Further attributes: `[[IFLA_NET_NS_PID, …]]`. */
  readonly attributes?: readonly NetlinkAttributeInput[] | undefined;
}

/** IFNAMSIZ and IFALIASZ of include/uapi/linux/if.h. */
const [NAME_SIZE, ALIAS_SIZE] = [16, 256];

/** The kind is inside another attribute, with the attributes of the kind. {@link packLink} writes both. */
const kind: Property<string | undefined> = {
  read: ({ attributes }) =>
    attributeText(nestedAttributes(attributes.get(c.IFLA_LINKINFO)).get(c.IFLA_INFO_KIND)),
  write() {},
};

const properties: Properties<Link> = {
  index: field(i32(ifinfomsg.ifi_index)),
  name: attributeOr(c.IFLA_IFNAME, text(NAME_SIZE), ''),
  flags: field(u32(ifinfomsg.ifi_flags)),
  mtu: attributeOr(c.IFLA_MTU, number(4), 0),
  hardwareType: field(u16(ifinfomsg.ifi_type)),
  hardwareAddress: attribute(c.IFLA_ADDRESS, hardware),
  hardwareBroadcast: attribute(c.IFLA_BROADCAST, hardware),
  operationalState: attributeOr(c.IFLA_OPERSTATE, number(1), c.IF_OPER_UNKNOWN),
  kind,
  master: attribute(c.IFLA_MASTER, number(4)),
  lower: attribute(c.IFLA_LINK, number(4)),
  queueing: attribute(c.IFLA_QDISC, text(NAME_SIZE)),
  queueLength: attribute(c.IFLA_TXQLEN, number(4)),
  alias: attribute(c.IFLA_IFALIAS, text(ALIAS_SIZE)),
};

/**
 * Parses the payload of RTM_NEWLINK or RTM_DELLINK.
 *
 * @returns `undefined` if it is too short
 * @throws TypeError naming the argument
 */
export function parseLink(payload: Uint8Array): Link | undefined {
  const bytes = inputBytes(payload, 'payload');
  if (bytes.length < ifinfomsg.size) return undefined;
  return readProperties(properties, sourceOf(bytes, ifinfomsg.size, 0));
}

function linkInfo({ kind: name, kindAttributes }: LinkInput): NetlinkAttributeInput[] {
  if (name === undefined && kindAttributes === undefined) return [];
  if (name === undefined) throw invalidValue('link.kind', 'must be present with link.kindAttributes', name);
  const info: NetlinkAttributeInput[] = [[c.IFLA_INFO_KIND, `${checkText(name, 'link.kind')}\0`]];
  if (kindAttributes !== undefined) {
    packAttributesOf(kindAttributes, 'link.kindAttributes'); // names the attribute that is invalid
    info.push([c.IFLA_INFO_DATA, kindAttributes]);
  }
  return [[c.IFLA_LINKINFO, info]];
}

/**
 * Packs the payload of RTM_NEWLINK, RTM_DELLINK or RTM_GETLINK, as {@link parseLink} reads it.
 *
 * ```ts
 * await route.request(RTM_NEWLINK, packLink({ name: 'blue', kind: 'dummy' }), NLM_F_CREATE | NLM_F_EXCL);
 * await route.request(RTM_NEWLINK, packLink({ name: 'blue', flags: IFF_UP }));
 * await route.request(RTM_NEWLINK, packLink({ name: 'blue', flags: 0, change: IFF_UP })); // down
 * ```
 *
 * @throws TypeError or RangeError naming the property
 * @see rtnetlink(7), ip-link(8)
 */
export function packLink(link: LinkInput): Buffer {
  checkInput(link, 'link', properties, ['change', 'kindAttributes']);
  const { flags, change = flags ?? 0 } = link;
  return packProperties(ifinfomsg.size, properties, link, 'link', 0, ({ view, attributes }) => {
    u32(ifinfomsg.ifi_change).write(view, change, 'link.change');
    attributes.push(...linkInfo(link));
  });
}
