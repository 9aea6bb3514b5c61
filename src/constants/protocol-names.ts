/** The names of protocols by family and number: the third argument of socket(2). */
import { checkInteger } from '../errors/argument.js';
import * as bluetooth from '../families/bluetooth/constants.js';
import * as can from '../families/can/constants.js';
import * as inet from '../families/inet/constants.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import * as netlink from '../families/netlink/constants.js';
import * as packet from '../families/packet/constants.js';
import * as system from '../families/system/constants.js';
import { isAbsent } from './constant.js';
import { lazy } from './lazy.js';

type Constants = Readonly<Record<string, unknown>>;

/** Returns the first name of each number, of all names with a prefix or only of those that are listed. */
function namesOf(constants: Constants, prefix: string, listed?: string): ReadonlyMap<number, string> {
  const among = listed?.split(/\s+/).map(name => prefix + name) ?? Object.keys(constants);
  const names = new Map<number, string>();
  for (const name of among) {
    const value = constants[name];
    const isMeant = name.startsWith(prefix) && typeof value === 'number' && !isAbsent(value);
    if (isMeant && !names.has(value)) names.set(value, name);
  }
  return names;
}

// The names of a module are in alphabetical order. Where a protocol has two names, these are preferred.
const FIRST = 'IP IPIP COMP BEETPH';

function internetNames(): ReadonlyMap<number, string> {
  const names = new Map([...namesOf(inet, 'IPPROTO_'), ...namesOf(inet, 'IPPROTO_', FIRST)]);
  names.delete(inet.IPPROTO_MAX);
  return names;
}

const NETLINK =
  'ROUTE UNUSED USERSOCK FIREWALL SOCK_DIAG NFLOG XFRM SELINUX ISCSI AUDIT FIB_LOOKUP CONNECTOR NETFILTER IP6_FW ' +
  'DNRTMSG KOBJECT_UEVENT GENERIC SCSITRANSPORT ECRYPTFS RDMA CRYPTO SMC';

const byFamily = lazy(() => {
  const internet = internetNames();
  return new Map<number, ReadonlyMap<number, string>>([
    [inet.AF_INET, internet],
    [AF_INET6, internet],
    [netlink.AF_NETLINK, namesOf(netlink, 'NETLINK_', NETLINK)],
    [can.AF_CAN, namesOf(can, 'CAN_', 'RAW BCM TP16 TP20 MCNET ISOTP J1939')],
    [bluetooth.AF_BLUETOOTH, namesOf(bluetooth, 'BTPROTO_')],
    [packet.AF_PACKET, namesOf(packet, 'ETH_P_')],
    [system.AF_SYSTEM, namesOf(system, 'SYSPROTO_')],
  ]);
});

/**
 * Returns the name of a protocol: `'IPPROTO_TCP'` for 6, `'CAN_ISOTP'` for 6 of `AF_CAN`.
 *
 * @param protocol the number, as for `new Socket`. For `AF_PACKET` it is an `ETH_P_` constant.
 * @param family the address family; `AF_INET` by default
 * @returns `undefined` if the number has no name
 * @throws TypeError or RangeError naming the argument
 */
export function protocolName(protocol: number, family: number = inet.AF_INET): string | undefined {
  const names = byFamily().get(checkInteger(family, 'family', -(2 ** 31), 2 ** 31 - 1));
  return names?.get(checkInteger(protocol, 'protocol', -(2 ** 31), 2 ** 32 - 1));
}

/** Returns {@link protocolName}, or `'protocol 6'` if the number has no name. */
export function protocolLabel(protocol: number, family: number): string {
  return protocolName(protocol, family) ?? `protocol ${protocol}`;
}
