import './netlink.js';

export * from './constants.js';
export type { NetlinkAddress, NetlinkAddressInput } from './netlink.js';
