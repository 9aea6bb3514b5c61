/** Options for signed segments (RFC 2385), which routers use for BGP. */

import { hostAt, interfaceAt } from '../../address/fields.js';
import type { InterfaceInput } from '../../address/interface.js';
import { checkInteger, checkObject } from '../../errors/argument.js';
import { TCP_MD5SIG_FLAG_IFINDEX, TCP_MD5SIG_FLAG_PREFIX } from '../../families/inet/constants.js';
import { tcp_md5sig } from '../../families/inet/layout.js';
import { checkBytes } from '../../layout/bytes.js';
import type { Codec } from '../../layout/codec.js';
import { littleEndian, viewOf } from '../../layout/view.js';
import { type Inet, tcp } from '../levels.js';
import type { WriteOnlyOption } from '../option.js';

/** The key that signs segments to and from a peer. */
export interface Md5Key {
  /** The peer’s address, numeric. */
  readonly host: string;
  /** The key, at most 80 bytes; an empty key removes it. */
  readonly key: Uint8Array;
}

/** The key that signs segments to and from a network of peers. */
export interface Md5NetworkKey extends Md5Key {
  /** The number of bits of `host` that identify the network. */
  readonly prefixLength?: number | undefined;
  /** The routing domain (VRF) of the key. */
  readonly interface?: InterfaceInput | undefined;
}

function layOut(value: Md5NetworkKey, argument: string): Uint8Array {
  const { host, key, prefixLength, interface: by } = checkObject(value, argument) as Md5NetworkKey;
  checkBytes(key, `${argument}.key`, tcp_md5sig.tcpm_key_size);
  const bytes = new Uint8Array(tcp_md5sig.size);
  const view = viewOf(bytes);
  hostAt(tcp_md5sig.tcpm_addr).write(view, host, `${argument}.host`);
  view.setUint16(tcp_md5sig.tcpm_keylen, key.length, littleEndian);
  bytes.set(key, tcp_md5sig.tcpm_key);
  if (prefixLength !== undefined) {
    bytes[tcp_md5sig.tcpm_flags] = TCP_MD5SIG_FLAG_PREFIX;
    const most = host.includes(':') ? 128 : 32;
    bytes[tcp_md5sig.tcpm_prefixlen] = checkInteger(prefixLength, `${argument}.prefixLength`, 0, most);
  }
  if (by !== undefined) {
    bytes[tcp_md5sig.tcpm_flags]! |= TCP_MD5SIG_FLAG_IFINDEX;
    interfaceAt(tcp_md5sig.tcpm_ifindex).write(view, by, `${argument}.interface`);
  }
  return bytes;
}

function keyCodec<Key extends Md5Key>(type: string): Codec<unknown, Key> {
  return { type, size: tcp_md5sig.size, encode: layOut, decode: () => undefined };
}

/** The key for one peer. */
export const md5sig: WriteOnlyOption<Md5Key, Inet> = tcp.writeOnly('TCP_MD5SIG', keyCodec('{ host, key }'), {
  requires: 'needs CONFIG_TCP_MD5SIG',
  man: 'RFC 2385',
});

/** The key for a network of peers. */
export const md5sigExt: WriteOnlyOption<Md5NetworkKey, Inet> = tcp.writeOnly(
  'TCP_MD5SIG_EXT',
  keyCodec<Md5NetworkKey>('{ host, key, prefixLength?, interface? }'),
  { requires: 'needs CONFIG_TCP_MD5SIG', man: 'RFC 2385' },
);
