import './netlink.js';

export type { NetlinkAddress, NetlinkAddressInput } from './netlink.js';
