/** How a connection is kept, watched and ended, where packets may go, and how they are marked. */
import { linger as lingerLayout } from '../../constants/layout.js';
import { checkInteger, checkObject } from '../../errors/argument.js';
import type { Codec } from '../../layout/codec.js';
import { boolean, range, rate, uint32 } from '../../layout/numbers.js';
import { i32 } from '../../layout/record.js';
import { viewOf } from '../../layout/view.js';
import { so, soInet } from '../levels.js';
import type { Option, WriteOnlyOption } from '../option.js';

/** Probes an idle connection, to learn whether the peer is still there. */
export const keepalive: Option<boolean> = so.readWrite('SO_KEEPALIVE', boolean, {
  note: 'how often: tcp.keepidle, tcp.keepintvl, tcp.keepcnt',
});

/** What close(2) does with data that is not sent yet: `null` sends it in the background. */
export type Linger = { readonly seconds: number } | null;

/** struct linger, socket(7). */
const lingerCodec: Codec<Linger> = {
  type: '{ seconds } | null',
  size: lingerLayout.size,
  encode(value, argument) {
    const bytes = new Uint8Array(lingerLayout.size);
    if (value === null) return bytes;
    const { seconds } = checkObject(value, argument) as { seconds: number };
    i32(lingerLayout.l_onoff).write(viewOf(bytes), 1, argument);
    checkInteger(seconds, `${argument}.seconds`, 0, 0x7fffffff);
    i32(lingerLayout.l_linger).write(viewOf(bytes), seconds, argument);
    return bytes;
  },
  decode(bytes) {
    const view = viewOf(bytes);
    if (i32(lingerLayout.l_onoff).read(view) === 0) return null;
    return Object.freeze({ seconds: i32(lingerLayout.l_linger).read(view) });
  },
};

/** What close(2) does with data that is not sent yet. */
export const linger: Option<Linger> = so.readWrite('SO_LINGER', lingerCodec, {
  note: '{ seconds: 0 } resets a TCP connection',
});

/** Leaves out-of-band data in the stream. */
export const oobinline: Option<boolean> = so.readWrite('SO_OOBINLINE', boolean);

/** Sends UDP datagrams without a checksum. */
export const noCheck: Option<boolean> = so.readWrite('SO_NO_CHECK', boolean, {
  note: 'IPv4 alone; IPv6 has udp.noCheck6Tx',
});

/** The priority of packets sent, 0 to 6, or a class of traffic control. */
export const priority: Option<number> = so.readWrite('SO_PRIORITY', uint32, {
  needs: 'CAP_NET_ADMIN or, since Linux 5.17, CAP_NET_RAW; none for 0 to 6',
});

/** The mark of packets sent, for routing and filtering. */
export const mark: Option<number> = so.readWrite('SO_MARK', uint32, {
  needs: 'CAP_NET_ADMIN or, since Linux 5.17, CAP_NET_RAW',
});

/** Whether a control message says each packet’s mark. */
export const rcvmark: Option<boolean> = so.readWrite('SO_RCVMARK', boolean, {
  since: '5.19',
  needs: 'CAP_NET_ADMIN or CAP_NET_RAW',
});

/** Whether a control message says each packet’s priority. */
export const rcvpriority: Option<boolean> = so.readWrite('SO_RCVPRIORITY', boolean, { since: '6.14' });

/** The most bytes a second that the kernel sends; `Infinity` for no limit. */
export const maxPacingRate: Option<number> = so.readWrite('SO_MAX_PACING_RATE', rate, {
  note: 'TCP heeds it; other protocols where the device’s queue is fq',
});

/** Advises that the path is bad, so that another neighbour or hash is tried. */
export const cnxAdvice: WriteOnlyOption<number, 'inet' | 'inet6'> = soInet.writeOnly(
  'SO_CNX_ADVICE',
  range(1, 1),
);

/** Where in the queue `MSG_PEEK` begins, in bytes; it moves with what is peeked and read. -1 is off. */
export const peekOff: Option<number, 'inet' | 'inet6' | 'unix'> = so
  .only({ families: ['inet', 'inet6', 'unix'] })
  .readWrite('SO_PEEK_OFF', range(-1, 0x7fffffff), { note: 'UDP since Linux 4.7, TCP since 6.9' });

/** Whether what waits in the error queue makes select(2) report an exceptional condition. */
export const selectErrQueue: Option<boolean> = so.readWrite('SO_SELECT_ERR_QUEUE', boolean);

/** Whether the error queue says if a frame was acknowledged over the air. */
export const wifiStatus: Option<boolean> = so.readWrite('SO_WIFI_STATUS', boolean);

/** Leaves it to the caller to write the frame check sequence; packet sockets. */
export const nofcs: Option<boolean> = so.readWrite('SO_NOFCS', boolean);

/** Whether datagrams may go to a broadcast address. */
export const broadcast: Option<boolean> = so.readWrite('SO_BROADCAST', boolean);

/** Sends to hosts on directly connected networks only, by no gateway. */
export const dontroute: Option<boolean> = so.readWrite('SO_DONTROUTE', boolean);
