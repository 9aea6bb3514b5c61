/** Options for additional local addresses (multi-homing). */
import { driverOf } from '../../address/registry.js';
import { checkArray, checkObject } from '../../errors/argument.js';
import { AF_INET } from '../../families/inet/constants.js';
import { AF_INET6 } from '../../families/inet6/constants.js';
import type { Codec } from '../../layout/codec.js';
import { type Inet, sctp } from '../levels.js';
import type { WriteOnlyOption } from '../option.js';

/** A local address. Its port must be the socket’s, or 0, the default. */
export interface OwnAddress {
  /** Dotted decimal, or an IPv6 address. */
  readonly host: string;
  /** 0 to 65535. */
  readonly port?: number | undefined;
}

function encodeOne(value: OwnAddress, argument: string): Uint8Array {
  const { host, port = 0 } = checkObject(value, argument) as OwnAddress;
  const isIpv6 = typeof host === 'string' && host.includes(':');
  return driverOf(isIpv6 ? AF_INET6 : AF_INET).encode({ host, port } as never);
}

/** Encodes `sockaddr_in` and `sockaddr_in6` structures, without gaps. */
const packed: Codec<unknown, readonly OwnAddress[]> = {
  type: 'array of { host, port? }',
  size: 0,
  encode(value, argument) {
    checkArray(value, argument);
    return Buffer.concat(Array.from(value, (each, i) => encodeOne(each, `${argument}[${i}]`)));
  },
  decode: () => undefined,
};

/** Adds local addresses to the socket: `sctp_bindx` with `SCTP_BINDX_ADD_ADDR`. */
export const sockoptBindxAdd: WriteOnlyOption<readonly OwnAddress[], Inet> = sctp.writeOnly(
  'SCTP_SOCKOPT_BINDX_ADD',
  packed,
  { note: 'a connected peer is informed only if net.sctp.addip_enable is 1' },
);

/** Removes local addresses: `sctp_bindx` with `SCTP_BINDX_REM_ADDR`. */
export const sockoptBindxRem: WriteOnlyOption<readonly OwnAddress[], Inet> = sctp.writeOnly(
  'SCTP_SOCKOPT_BINDX_REM',
  packed,
  { note: 'EBUSY for the last one' },
);
