/** The other end of a Bluetooth connection: what L2CAP, RFCOMM and SCO have an option for. */
import type { Codec } from '../layout/codec.js';
import { type Field, record, u16 } from '../layout/record.js';

/** The other end of a connection, as the controller knows it. */
export interface BluetoothConnection {
  /** The controller's number of the connection. */
  readonly handle: number;
  /** The class of the device, 24 bits. */
  readonly deviceClass: number;
}

/** Three bytes, the least first on every machine: a class of device as it goes over the air. */
function classAt(offset: number): Field<number> {
  return {
    offset,
    size: 3,
    read: view =>
      view.getUint8(offset) | (view.getUint8(offset + 1) << 8) | (view.getUint8(offset + 2) << 16),
    write: () => undefined,
  };
}

/** struct l2cap_conninfo and its kin, which are laid out alike. */
export function connectionCodec(layout: {
  readonly size: number;
  readonly hci_handle: number;
  readonly dev_class: number;
}): Codec<BluetoothConnection> {
  return record<BluetoothConnection>(layout.size, {
    handle: u16(layout.hci_handle),
    deviceClass: classAt(layout.dev_class),
  });
}
