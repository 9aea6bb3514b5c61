/** Options of level IPPROTO_IPV6 that macOS has and Linux never had. */
import { boolean, range } from '../codec.js';
import { type InterfaceInput, interfaceNumber } from '../hosts.js';
import type { Option } from '../option.js';
import { ipv6 } from './level.js';

const mac = ipv6.only({ man: 'ip6(4) of macOS' });

/** Sends and receives packets of one interface alone; 0 for all. */
export const boundIf: Option<number, 'inet6', InterfaceInput> = mac.readWrite(
  'IPV6_BOUND_IF',
  interfaceNumber,
);

/** Which range automatic ports are chosen from: one of `IP_PORTRANGE_`. */
export const portrange: Option<number, 'inet6'> = mac.readWrite('IPV6_PORTRANGE', range(0, 2));

/** Sends packets no longer than every path takes, 1280 bytes; -1 for multicast alone. */
export const useMinMtu: Option<number, 'inet6'> = mac.readWrite('IPV6_USE_MIN_MTU', range(-1, 1));

/** Prefers temporary source addresses. */
export const preferTempaddr: Option<boolean, 'inet6'> = mac.readWrite('IPV6_PREFER_TEMPADDR', boolean);
