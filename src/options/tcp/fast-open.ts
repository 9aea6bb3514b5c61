/** Data in the SYN: RFC 7413. */
import { bytes } from '../bytes-codec.js';
import { boolean, natural } from '../codec.js';
import type { Option, ReadOnlyOption } from '../option.js';
import { type Inet, tcp } from './level.js';

/** How many connections of a listener may wait with data in their SYN. */
export const fastopen: Option<number, Inet> = tcp.readWrite('TCP_FASTOPEN', natural, {
  note: 'net.ipv4.tcp_fastopen has to have bit 2 set',
});

/** Lets connect() wait for the first data, which it sends in the SYN. */
export const fastopenConnect: Option<boolean, Inet> = tcp.readWrite('TCP_FASTOPEN_CONNECT', boolean);

/** Sends and takes data in the SYN without a cookie. */
export const fastopenNoCookie: Option<boolean, Inet> = tcp.readWrite('TCP_FASTOPEN_NO_COOKIE', boolean);

/** The key of cookies, 16 bytes; 32 for a current and a former one. */
export const fastopenKey: Option<Buffer, Inet, Uint8Array> = tcp.readWrite('TCP_FASTOPEN_KEY', bytes(32));

/** The headers of this connection’s SYN, once: `tcp.saveSyn` of the listener kept them. */
export const savedSyn: ReadOnlyOption<Buffer, Inet> = tcp.readOnly('TCP_SAVED_SYN', bytes(512), {
  note: 'empty once it was read, and where none was kept',
});
