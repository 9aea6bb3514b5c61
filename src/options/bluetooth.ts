/** Options of Bluetooth sockets, level SOL_BLUETOOTH, which several protocols share. */
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

/** The security that a connection requires. */
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

/** The security that a connection requires. */
export const security: Option<
  BluetoothSecurity,
  'bluetooth',
  Partial<BluetoothSecurity>
> = bluetooth.readWrite('BT_SECURITY', securityCodec);

/** Lets the program instead of the kernel accept each connection: the first read from the connection accepts it. */
export const deferSetup: Option<boolean, 'bluetooth'> = bluetooth.readWrite('BT_DEFER_SETUP', boolean);

/** Whether packets that are late may be dropped. */
export const flushable: Option<boolean, 'bluetooth'> = bluetooth.readWrite('BT_FLUSHABLE', boolean);

/** How a connection saves power. */
export interface BluetoothPower {
  /** Whether sending data leaves the power-saving mode. */
  readonly forceActive: boolean;
}

const powerCodec: Codec<BluetoothPower> = record<BluetoothPower>(bt_power.size, {
  forceActive: flag(u8(bt_power.force_active)),
});

/** How a connection saves power. */
export const power: Option<BluetoothPower, 'bluetooth'> = bluetooth.readWrite('BT_POWER', powerCodec);

/** The air coding of voice. */
export interface BluetoothVoice {
  /** One of `BT_VOICE_`. */
  readonly setting: number;
}

const voiceCodec: Codec<BluetoothVoice> = record<BluetoothVoice>(bt_voice.size, {
  setting: u16(bt_voice.setting),
});

/** The air coding of voice on SCO sockets. Set it before connect(). */
export const voice: Option<BluetoothVoice, 'bluetooth'> = bluetooth.readWrite('BT_VOICE', voiceCodec);

/** The longest packet that can be sent, in bytes. */
export const sndmtu: Option<number, 'bluetooth'> = bluetooth.readWrite('BT_SNDMTU', short(2));

/** The longest packet that can be received, in bytes. */
export const rcvmtu: Option<number, 'bluetooth'> = bluetooth.readWrite('BT_RCVMTU', short(2));

/** The radio modes (PHYs) in use: `BT_PHY_` bits. */
export const phy: ReadOnlyOption<number, 'bluetooth'> = bluetooth.readOnly('BT_PHY', uint32, {
  since: '5.7',
});

/** The delivery mode of an L2CAP channel: one of `BT_MODE_`. */
export const mode: Option<number, 'bluetooth'> = bluetooth.readWrite('BT_MODE', short(1), { since: '5.8' });

/** Adds the control message `BT_SCM_PKT_STATUS` to each voice packet, which reports whether the packet is damaged. */
export const pktStatus: Option<boolean, 'bluetooth'> = bluetooth.readWrite('BT_PKT_STATUS', boolean, {
  since: '5.9',
});
