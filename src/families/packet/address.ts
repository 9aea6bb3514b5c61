import { interfaceIndex, interfaceName } from '../../address/interface.js';
import { checkAddress, writeFamily } from '../../address/registry.js';
import { checkInteger } from '../../errors/argument.js';
import { hardwareBytes, hardwareText } from '../../layout/hardware-address.js';
import { joinFields, numberFields, splitFields } from '../../layout/text-fields.js';
import { littleEndian, viewOf } from '../../layout/view.js';
import { AF_PACKET } from './constants.js';
import { sockaddr_ll } from './layout.js';

/** A link-layer address, as returned by all calls. */
export interface PacketAddress {
  /** The address family. */
  readonly family: 'packet';
  /** The name of the interface; `''` for all interfaces. */
  readonly interface: string;
  /** The Ethernet protocol in host byte order: `ETH_P_IP` is 0x0800. */
  readonly protocol: number;
  /** `PACKET_HOST`, `PACKET_BROADCAST`, `PACKET_MULTICAST`, `PACKET_OTHERHOST` or `PACKET_OUTGOING`. */
  readonly packetType: number;
  /** The hardware type, an `ARPHRD_` constant. */
  readonly hardwareType: number;
  /** The hardware address of the device: `'0a:1b:2c:3d:4e:5f'`. Its length depends on the hardware type; `''` for none. */
  readonly hardwareAddress: string;
}

/** An address argument of a packet socket. The default of each field is 0 or empty. */
export interface PacketAddressInput {
  /** Optional; the default is the family of the socket. */
  readonly family?: 'packet' | undefined;
  /** The name of the interface; `''` for all interfaces. */
  readonly interface: string;
  /** The Ethernet protocol in host byte order; 0 by default. */
  readonly protocol?: number | undefined;
  /** The packet type, such as `PACKET_HOST`; 0 by default. */
  readonly packetType?: number | undefined;
  /** The hardware type, an `ARPHRD_` constant; 0 by default. */
  readonly hardwareType?: number | undefined;
  /** The hardware address, as text (`'0a:1b:2c:3d:4e:5f'`) or as at most 32 bytes; empty by default. */
  readonly hardwareAddress?: string | Uint8Array | undefined;
}

declare module '../../address/address.js' {
  interface Families {
    packet: { address: PacketAddress; input: PacketAddressInput };
  }
}

/** MAX_ADDR_LEN in linux/netdevice.h. A long sll_addr extends beyond the structure, such as InfiniBand's 20 bytes. */
const LONGEST = 32;

/** Encodes struct sockaddr_ll, packet(7). */
export function encodePacket(address: PacketAddressInput): Uint8Array {
  const input = checkAddress<'packet'>(address, 'packet');
  const { protocol = 0, packetType = 0, hardwareType = 0, hardwareAddress = '' } = input;
  const hardware = hardwareBytes(hardwareAddress, 'address.hardwareAddress', LONGEST);
  const bytes = new Uint8Array(Math.max(sockaddr_ll.size, sockaddr_ll.sll_addr + hardware.length));
  const view = viewOf(bytes);
  writeFamily(bytes, AF_PACKET);
  view.setUint16(sockaddr_ll.sll_protocol, checkInteger(protocol, 'address.protocol', 0, 0xffff)); // network order
  view.setUint16(
    sockaddr_ll.sll_hatype,
    checkInteger(hardwareType, 'address.hardwareType', 0, 0xffff),
    littleEndian,
  );
  bytes[sockaddr_ll.sll_pkttype] = checkInteger(packetType, 'address.packetType', 0, 0xff);
  bytes[sockaddr_ll.sll_halen] = hardware.length;
  bytes.set(hardware, sockaddr_ll.sll_addr);
  view.setInt32(sockaddr_ll.sll_ifindex, interfaceIndex(input.interface, 'address.interface'), littleEndian);
  return bytes;
}

export function decodePacket(bytes: Uint8Array, length: number): PacketAddress | undefined {
  if (length < sockaddr_ll.sll_addr || bytes[sockaddr_ll.sll_halen]! > LONGEST) return undefined;
  const view = viewOf(bytes, length);
  const end = Math.min(length, sockaddr_ll.sll_addr + bytes[sockaddr_ll.sll_halen]!);
  return Object.freeze({
    family: 'packet',
    interface: interfaceName(view.getInt32(sockaddr_ll.sll_ifindex, littleEndian)),
    protocol: view.getUint16(sockaddr_ll.sll_protocol),
    packetType: bytes[sockaddr_ll.sll_pkttype]!,
    hardwareType: view.getUint16(sockaddr_ll.sll_hatype, littleEndian),
    hardwareAddress: hardwareText(bytes.subarray(sockaddr_ll.sll_addr, end)),
  });
}

/**
 * Formats an address: `packet:eth0:2048:0:1:0a1b2c3d4e5f` is interface, protocol, packet type, hardware type and
 * address.
 */
export function formatPacket(address: PacketAddressInput): string {
  const { protocol = 0, packetType = 0, hardwareType = 0, hardwareAddress = '' } = address;
  const hardware = hardwareBytes(hardwareAddress, 'address.hardwareAddress', LONGEST);
  const hex = Buffer.from(hardware).toString('hex');
  return joinFields('packet', address.interface, protocol, packetType, hardwareType, hex);
}

export function parsePacket(text: string): PacketAddress | undefined {
  const [name, protocol, packetType, hardwareType, hex] = splitFields(text, 'packet', 5) ?? [];
  const numbers = numberFields([protocol, packetType, hardwareType], 0xffff);
  if (name === undefined || numbers === undefined || !/^([\da-f]{2}){0,32}$/.test(hex ?? '-'))
    return undefined;
  return Object.freeze({
    family: 'packet',
    interface: name,
    protocol: numbers[0]!,
    packetType: numbers[1]!,
    hardwareType: numbers[2]!,
    hardwareAddress: hardwareText(Buffer.from(hex!, 'hex')),
  });
}
