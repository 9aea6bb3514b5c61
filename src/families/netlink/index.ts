import { defineFamily } from '../../address/registry.js';
import { AF_NETLINK } from './constants.js';
import { netlink } from './netlink.js';

defineFamily('netlink', AF_NETLINK, () => netlink);

export type { NetlinkAddress, NetlinkAddressInput } from './netlink.js';
