import './netlink.js';

export type { NetlinkAddress, NetlinkAddressInput } from './address.js';
