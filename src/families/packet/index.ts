import { defineFamily } from '../../address/registry.js';
import { AF_PACKET } from './constants.js';
import { packet } from './packet.js';

defineFamily('packet', AF_PACKET, () => packet);

export type { PacketAddress, PacketAddressInput } from './address.js';
