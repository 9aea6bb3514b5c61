import { checkAddress, writeFamily } from '../../address/registry.js';
import { checkInteger, invalidType } from '../../errors/argument.js';
import { littleEndian, viewOf } from '../../layout/view.js';
import { readBdaddr, writeBdaddr } from './bdaddr.js';
import { AF_BLUETOOTH } from './constants.js';
import { sockaddr_hci, sockaddr_l2, sockaddr_rc, sockaddr_sco } from './layout.js';

/** An L2CAP service of a device (BTPROTO_L2CAP). */
export interface L2capAddress {
  /** The address family. */
  readonly family: 'bluetooth';
  /** `'AA:BB:CC:DD:EE:FF'`, or `BDADDR_ANY` for any device. */
  readonly address: string;
  /** The protocol and service multiplexer, 0 to 65535. */
  readonly psm: number;
  /** The channel identifier, for fixed channels; 0 otherwise. */
  readonly cid: number;
  /** `BDADDR_BREDR`, `BDADDR_LE_PUBLIC` or `BDADDR_LE_RANDOM`. */
  readonly addressType: number;
}

/** An RFCOMM channel of a device (BTPROTO_RFCOMM). */
export interface RfcommAddress {
  /** The address family. */
  readonly family: 'bluetooth';
  /** `'AA:BB:CC:DD:EE:FF'`, or `BDADDR_ANY` for any device. */
  readonly address: string;
  /** The channel, 1 to 30. */
  readonly channel: number;
}

/** A controller of this machine (BTPROTO_HCI). */
export interface HciAddress {
  /** The address family. */
  readonly family: 'bluetooth';
  /** The number of the controller: 0 for `hci0`. `HCI_DEV_NONE` for channels without a controller. */
  readonly device: number;
  /** The HCI channel: `HCI_CHANNEL_RAW`, `HCI_CHANNEL_USER`, … */
  readonly channel: number;
}

/** A device, for an audio link (BTPROTO_SCO). */
export interface ScoAddress {
  /** The address family. */
  readonly family: 'bluetooth';
  /** `'AA:BB:CC:DD:EE:FF'`, or `BDADDR_ANY` for any device. */
  readonly address: string;
}

/** A Bluetooth address, as returned by all calls. The protocol of the socket determines the type. */
export type BluetoothAddress = L2capAddress | RfcommAddress | HciAddress | ScoAddress;

interface Tagged {
  readonly family?: 'bluetooth' | undefined;
}

/**
 * A Bluetooth address, as accepted by all calls. The fields determine the protocol. A device address is text, or its six
 * bytes in the order of the text.
 */
export type BluetoothAddressInput =
  | (Tagged & {
      readonly address: string | Uint8Array;
      readonly psm: number;
      readonly cid?: number | undefined;
      readonly addressType?: number | undefined;
    })
  | (Tagged & { readonly address: string | Uint8Array; readonly channel: number })
  | (Tagged & { readonly device: number; readonly channel?: number | undefined })
  | (Tagged & { readonly address: string | Uint8Array });

declare module '../../address/address.js' {
  interface Families {
    bluetooth: { address: BluetoothAddress; input: BluetoothAddressInput };
  }
}

type Fields = Partial<
  Omit<L2capAddress, 'address'> & { address: string | Uint8Array; channel: number; device: number }
>;

function layOut(size: number): { bytes: Uint8Array; view: DataView } {
  const bytes = new Uint8Array(size);
  writeFamily(bytes, AF_BLUETOOTH);
  return { bytes, view: viewOf(bytes) };
}

function encodeL2cap({ address, psm, cid = 0, addressType = 0 }: Fields): Uint8Array {
  const { bytes, view } = layOut(sockaddr_l2.size);
  writeBdaddr(address, 'address.address', bytes, sockaddr_l2.l2_bdaddr);
  // Bluetooth is little-endian on the air, and this structure is little-endian on every machine.
  view.setUint16(sockaddr_l2.l2_psm, checkInteger(psm, 'address.psm', 0, 0xffff), true);
  view.setUint16(sockaddr_l2.l2_cid, checkInteger(cid, 'address.cid', 0, 0xffff), true);
  bytes[sockaddr_l2.l2_bdaddr_type] = checkInteger(addressType, 'address.addressType', 0, 0xff);
  return bytes;
}

function encodeHci({ device, channel = 0 }: Fields): Uint8Array {
  const { bytes, view } = layOut(sockaddr_hci.size);
  view.setUint16(sockaddr_hci.hci_dev, checkInteger(device, 'address.device', 0, 0xffff), littleEndian);
  view.setUint16(sockaddr_hci.hci_channel, checkInteger(channel, 'address.channel', 0, 0xffff), littleEndian);
  return bytes;
}

function encodeRfcomm({ address, channel }: Fields): Uint8Array {
  const { bytes } = layOut(sockaddr_rc.size);
  writeBdaddr(address, 'address.address', bytes, sockaddr_rc.rc_bdaddr);
  bytes[sockaddr_rc.rc_channel] = checkInteger(channel, 'address.channel', 0, 0xff);
  return bytes;
}

function encodeSco({ address }: Fields): Uint8Array {
  const { bytes } = layOut(sockaddr_sco.size);
  writeBdaddr(address, 'address.address', bytes, sockaddr_sco.sco_bdaddr);
  return bytes;
}

/** Encodes struct sockaddr_l2, sockaddr_rc, sockaddr_hci or sockaddr_sco (include/net/bluetooth). */
export function encodeBluetooth(address: BluetoothAddressInput): Uint8Array {
  const input = checkAddress<'bluetooth'>(address, 'bluetooth') as Fields;
  if (input.psm !== undefined) return encodeL2cap(input);
  if (input.device !== undefined) return encodeHci(input);
  if (input.channel !== undefined) return encodeRfcomm(input);
  if (input.address !== undefined) return encodeSco(input);
  throw invalidType(
    'address',
    'an object with address and psm or channel, with device, or with address',
    address,
  );
}

/**
 * Decodes an address. The bytes do not contain the protocol, but each of the four structures has a different length.
 */
export function decodeBluetooth(bytes: Uint8Array, length: number): BluetoothAddress | undefined {
  const view = viewOf(bytes, Math.min(length, bytes.length));
  const family = 'bluetooth';
  switch (length) {
    case sockaddr_l2.size:
      return Object.freeze({
        family,
        address: readBdaddr(bytes, sockaddr_l2.l2_bdaddr),
        psm: view.getUint16(sockaddr_l2.l2_psm, true),
        cid: view.getUint16(sockaddr_l2.l2_cid, true),
        addressType: bytes[sockaddr_l2.l2_bdaddr_type]!,
      });
    case sockaddr_rc.size:
      return Object.freeze({
        family,
        address: readBdaddr(bytes, sockaddr_rc.rc_bdaddr),
        channel: bytes[sockaddr_rc.rc_channel]!,
      });
    case sockaddr_hci.size:
      return Object.freeze({
        family,
        device: view.getUint16(sockaddr_hci.hci_dev, littleEndian),
        channel: view.getUint16(sockaddr_hci.hci_channel, littleEndian),
      });
    case sockaddr_sco.size:
      return Object.freeze({ family, address: readBdaddr(bytes, sockaddr_sco.sco_bdaddr) });
    default:
      return undefined;
  }
}
