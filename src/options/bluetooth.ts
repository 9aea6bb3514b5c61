/** Options of Bluetooth sockets, level SOL_BLUETOOTH: those that several protocols have. */
import { SOL_BLUETOOTH } from '../constants/socket.js';
import * as constants from '../families/bluetooth/constants.js';
import { bt_power, bt_security, bt_voice } from '../families/bluetooth/layout.js';
import type { Codec } from '../layout/codec.js';
import { boolean, short, uint32 } from '../layout/numbers.js';
import { flag, optional, record, u8, u16 } from '../layout/record.js';
import { defineLevel } from './level.js';
import type { Option, ReadOnlyOption } from './option.js';

const bluetooth = defineLevel({
  constants,
  level: SOL_BLUETOOTH,
  families: ['bluetooth'],
  man: 'l2cap(7), rfcomm(7), sco(7), iso(7) of BlueZ',
});

/** How a connection has to be secured. */
export interface BluetoothSecurity {
  /** One of `BT_SECURITY_LOW` to `BT_SECURITY_FIPS`. */
  readonly level: number;
  /** The length of the key, in bytes. */
  readonly keySize: number;
}

const securityCodec: Codec<BluetoothSecurity, Partial<BluetoothSecurity>> = record<
  BluetoothSecurity,
  Partial<BluetoothSecurity>
>(
  bt_security.size,
  { level: u8(bt_security.level), keySize: optional(u8(bt_security.key_size), 0) },
  bt_security.key_size,
);

/** How a connection has to be secured. */
export const security: Option<
  BluetoothSecurity,
  'bluetooth',
  Partial<BluetoothSecurity>
> = bluetooth.readWrite('BT_SECURITY', securityCodec);

/** Lets the program, and not the system, let connections in: by reading from them. */
export const deferSetup: Option<boolean, 'bluetooth'> = bluetooth.readWrite('BT_DEFER_SETUP', boolean);

/** Whether packets may be dropped when they are late. */
export const flushable: Option<boolean, 'bluetooth'> = bluetooth.readWrite('BT_FLUSHABLE', boolean);

/** How a connection saves power. */
export interface BluetoothPower {
  /** Leaves the saving mode when data is sent. */
  readonly forceActive: boolean;
}

const powerCodec: Codec<BluetoothPower> = record<BluetoothPower>(bt_power.size, {
  forceActive: flag(u8(bt_power.force_active)),
});

/** How a connection saves power. */
export const power: Option<BluetoothPower, 'bluetooth'> = bluetooth.readWrite('BT_POWER', powerCodec);

/** The air coding of voice: one of `BT_VOICE_`. */
export interface BluetoothVoice {
  /** One of `BT_VOICE_`. */
  readonly setting: number;
}

const voiceCodec: Codec<BluetoothVoice> = record<BluetoothVoice>(bt_voice.size, {
  setting: u16(bt_voice.setting),
});

/** The air coding of voice, of SCO sockets, before connect. */
export const voice: Option<BluetoothVoice, 'bluetooth'> = bluetooth.readWrite('BT_VOICE', voiceCodec);

/** The longest packet that may be sent, in bytes. */
export const sndmtu: Option<number, 'bluetooth'> = bluetooth.readWrite('BT_SNDMTU', short(2));

/** The longest packet that may come, in bytes. */
export const rcvmtu: Option<number, 'bluetooth'> = bluetooth.readWrite('BT_RCVMTU', short(2));

/** The radio modes in use: `BT_PHY_` bits. */
export const phy: ReadOnlyOption<number, 'bluetooth'> = bluetooth.readOnly('BT_PHY', uint32, {
  since: '5.7',
});

/** How an L2CAP channel delivers: one of `BT_MODE_`. */
export const mode: Option<number, 'bluetooth'> = bluetooth.readWrite('BT_MODE', short(1), { since: '5.8' });

/** Whether each packet of voice says if it is damaged: the control message `BT_SCM_PKT_STATUS`. */
export const pktStatus: Option<boolean, 'bluetooth'> = bluetooth.readWrite('BT_PKT_STATUS', boolean, {
  since: '5.9',
});
