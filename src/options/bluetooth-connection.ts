/** The peer of a Bluetooth connection: the value of the CONNINFO options of L2CAP, RFCOMM and SCO. */
import type { Codec } from '../layout/codec.js';
import { type Field, record, u16 } from '../layout/record.js';

/** The peer of a Bluetooth connection, as the controller reports it. */
export interface BluetoothConnection {
  /** The connection's handle in the controller. */
  readonly handle: number;
  /** The device class, 24 bits. */
  readonly deviceClass: number;
}

/** A device class: three bytes, little-endian on every machine, as it is sent over the air. */
function classAt(offset: number): Field<number> {
  return {
    offset,
    size: 3,
    read: view =>
      view.getUint8(offset) | (view.getUint8(offset + 1) << 8) | (view.getUint8(offset + 2) << 16),
    write: () => undefined,
  };
}

/** The codec of struct l2cap_conninfo and of the other conninfo structures, which have the same fields. */
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
