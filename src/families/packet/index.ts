import './packet.js';

export type { PacketAddress, PacketAddressInput } from './address.js';
export * from './constants.js';
