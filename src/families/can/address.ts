import { interfaceIndex, interfaceName } from '../../address/interface.js';
import { checkAddress, writeFamily } from '../../address/registry.js';
import { checkInteger, outOfRange } from '../../errors/argument.js';
import { littleEndian, viewOf } from '../../layout/view.js';
import {
  AF_CAN,
  CAN_EFF_FLAG,
  CAN_EFF_MASK,
  CAN_SFF_MASK,
  J1939_NO_ADDR,
  J1939_NO_PGN,
} from './constants.js';
import { checkJ1939Name } from './j1939-name.js';
import { sockaddr_can } from './layout.js';

/** The address of a CAN_RAW or CAN_BCM socket: a CAN interface. */
export interface CanAddress {
  /** The address family. */
  readonly family: 'can';
  /** The name of the interface; `''` for all CAN interfaces. */
  readonly interface: string;
}

/**
 * The address of an ISO-TP socket: two CAN identifiers on an interface. Extended identifiers have `CAN_EFF_FLAG` set.
 */
export interface CanIsotpAddress extends CanAddress {
  /** The identifier of the frames that this socket receives. */
  readonly rxId: number;
  /** The identifier of the frames that this socket sends. */
  readonly txId: number;
}

/** The address of a J1939 node. */
export interface CanJ1939Address extends CanAddress {
  /** The 64-bit NAME; 0 if there is none. */
  readonly name: bigint;
  /** The parameter group number; `J1939_NO_PGN` if there is none. */
  readonly pgn: number;
  /** The address of the node; `J1939_NO_ADDR` if there is none. */
  readonly address: number;
}

/** The address of a CAN socket, as returned by all calls. The protocol of the socket determines the type. */
export type AnyCanAddress = CanAddress | CanIsotpAddress | CanJ1939Address;

/** The address of a CAN socket, as accepted by all calls. */
export type CanAddressInput =
  | { readonly family?: 'can' | undefined; readonly interface: string }
  | {
      readonly family?: 'can' | undefined;
      readonly interface: string;
      readonly rxId: number;
      readonly txId: number;
    }
  | {
      readonly family?: 'can' | undefined;
      readonly interface: string;
      readonly name?: bigint | undefined;
      readonly pgn?: number | undefined;
      readonly address?: number | undefined;
    };

declare module '../../address/address.js' {
  interface Families {
    can: { address: AnyCanAddress; input: CanAddressInput };
  }
}

/**
 * Checks an 11-bit identifier, or a 29-bit one with CAN_EFF_FLAG. `CAN_EFF_FLAG | id` is negative in JavaScript and is
 * accepted.
 */
function checkId(value: unknown, argument: string): number {
  const id = checkInteger(value, argument, -0x80000000, 0xffffffff) >>> 0;
  const limit = id & CAN_EFF_FLAG ? CAN_EFF_MASK : CAN_SFF_MASK;
  if ((id & ~CAN_EFF_FLAG) >>> 0 > limit) {
    throw outOfRange(argument, 'an 11-bit CAN identifier, or a 29-bit one with CAN_EFF_FLAG', value);
  }
  return id;
}

/**
 * The size without the fields of J1939, which refuses this size; with zeros, it would use address 0. ISO-TP itself reports
 * addresses of this size, and RAW required it before the structure had the fields of J1939.
 */
const SHORT_SIZE = sockaddr_can.tx_id + 4;

/** Encodes struct sockaddr_can (include/uapi/linux/can.h). */
export function encodeCan(address: CanAddressInput): Uint8Array {
  const input = checkAddress<'can'>(address, 'can') as Partial<CanIsotpAddress & CanJ1939Address>;
  const isIsotp = input.rxId !== undefined || input.txId !== undefined;
  const isJ1939 = input.name !== undefined || input.pgn !== undefined || input.address !== undefined;
  const bytes = new Uint8Array(isJ1939 && !isIsotp ? sockaddr_can.size : SHORT_SIZE);
  const view = viewOf(bytes);
  writeFamily(bytes, AF_CAN);
  if (isIsotp) {
    view.setUint32(sockaddr_can.rx_id, checkId(input.rxId, 'address.rxId'), littleEndian);
    view.setUint32(sockaddr_can.tx_id, checkId(input.txId, 'address.txId'), littleEndian);
  } else if (isJ1939) {
    const { name = 0n, pgn = J1939_NO_PGN, address: node = J1939_NO_ADDR } = input;
    view.setBigUint64(sockaddr_can.name, checkJ1939Name(name, 'address.name'), littleEndian);
    view.setUint32(sockaddr_can.pgn, checkInteger(pgn, 'address.pgn', 0, J1939_NO_PGN), littleEndian);
    bytes[sockaddr_can.addr] = checkInteger(node, 'address.address', 0, 0xff);
  }
  view.setInt32(
    sockaddr_can.can_ifindex,
    interfaceIndex(input.interface as string, 'address.interface'),
    littleEndian,
  );
  return bytes;
}

/**
 * Decodes an address. The bytes do not contain the protocol, but each protocol has a different length: RAW and BCM set
 * only the interface (CAN_REQUIRED_SIZE in net/can/raw.c), ISO-TP adds two identifiers, J1939 fills the structure.
 */
export function decodeCan(bytes: Uint8Array, length: number): AnyCanAddress | undefined {
  if (length < sockaddr_can.can_ifindex + 4) return undefined;
  const view = viewOf(bytes, length);
  const name = interfaceName(view.getInt32(sockaddr_can.can_ifindex, littleEndian));
  if (length < sockaddr_can.tx_id + 4) return Object.freeze({ family: 'can', interface: name });
  if (length < sockaddr_can.addr + 1) {
    const rxId = view.getUint32(sockaddr_can.rx_id, littleEndian);
    const txId = view.getUint32(sockaddr_can.tx_id, littleEndian);
    return Object.freeze({ family: 'can', interface: name, rxId, txId });
  }
  return Object.freeze({
    family: 'can',
    interface: name,
    name: view.getBigUint64(sockaddr_can.name, littleEndian),
    pgn: view.getUint32(sockaddr_can.pgn, littleEndian),
    address: bytes[sockaddr_can.addr]!,
  });
}
