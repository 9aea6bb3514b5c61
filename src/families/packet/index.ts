import './packet.js';

export type { PacketAddress, PacketAddressInput } from './address.js';
