/** Options for maintaining and closing connections, for destinations, and for marking packets. */
import { linger as lingerLayout } from '../../constants/layout.js';
import { checkInteger, checkObject } from '../../errors/argument.js';
import type { Codec } from '../../layout/codec.js';
import { boolean, range, rate, uint32 } from '../../layout/numbers.js';
import { i32 } from '../../layout/record.js';
import { viewOf } from '../../layout/view.js';
import { so, soInet } from '../levels.js';
import type { Option, WriteOnlyOption } from '../option.js';

/** Probes an idle connection to detect an unreachable peer. */
export const keepalive: Option<boolean> = so.readWrite('SO_KEEPALIVE', boolean, {
  note: 'timing: tcp.keepidle, tcp.keepintvl, tcp.keepcnt',
});

/**
 * What close(2) does with unsent data. `null` sends it in the background. `{ seconds }` waits for at most that time.
 */
export type Linger = { readonly seconds: number } | null;

/** The codec of struct linger, socket(7). */
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

/** What close(2) does with unsent data. */
export const linger: Option<Linger> = so.readWrite('SO_LINGER', lingerCodec, {
  note: '{ seconds: 0 } resets a TCP connection',
});

/** Whether out-of-band data stays in the normal data stream. */
export const oobinline: Option<boolean> = so.readWrite('SO_OOBINLINE', boolean);

/** Sends UDP datagrams without a checksum. */
export const noCheck: Option<boolean> = so.readWrite('SO_NO_CHECK', boolean, {
  note: 'only IPv4; IPv6 has udp.noCheck6Tx',
});

/** The priority of sent packets, 0 to 6, or a traffic control class. */
export const priority: Option<number> = so.readWrite('SO_PRIORITY', uint32, {
  needs: 'CAP_NET_ADMIN or, since Linux 5.17, CAP_NET_RAW; none for 0 to 6',
});

/** The mark of sent packets, for routing and filtering. */
export const mark: Option<number> = so.readWrite('SO_MARK', uint32, {
  needs: 'CAP_NET_ADMIN or, since Linux 5.17, CAP_NET_RAW',
});

/** Adds a control message to each packet: its mark. */
export const rcvmark: Option<boolean> = so.readWrite('SO_RCVMARK', boolean, {
  since: '5.19',
  needs: 'CAP_NET_ADMIN or CAP_NET_RAW',
});

/** Adds a control message to each packet: its priority. */
export const rcvpriority: Option<boolean> = so.readWrite('SO_RCVPRIORITY', boolean, { since: '6.14' });

/** The maximum send rate, in bytes per second; `Infinity` for no limit. */
export const maxPacingRate: Option<number> = so.readWrite('SO_MAX_PACING_RATE', rate, {
  note: 'TCP applies it itself; other protocols need the fq queueing discipline',
});

/** Tells the kernel that the path is bad, so that it tries another neighbour or hash. */
export const cnxAdvice: WriteOnlyOption<number, 'inet' | 'inet6'> = soInet.writeOnly(
  'SO_CNX_ADVICE',
  range(1, 1),
);

/** The offset at which `MSG_PEEK` starts, in bytes. Peeking and reading adjust it. -1 disables it. */
export const peekOff: Option<number, 'inet' | 'inet6' | 'unix'> = so
  .only({ families: ['inet', 'inet6', 'unix'] })
  .readWrite('SO_PEEK_OFF', range(-1, 0x7fffffff), { note: 'UDP since Linux 4.7, TCP since 6.9' });

/** Whether select(2) reports an exceptional condition while the error queue is not empty. */
export const selectErrQueue: Option<boolean> = so.readWrite('SO_SELECT_ERR_QUEUE', boolean);

/** Whether the error queue reports if a frame was acknowledged over the air. */
export const wifiStatus: Option<boolean> = so.readWrite('SO_WIFI_STATUS', boolean);

/** Whether the caller of a packet socket writes the frame check sequence. */
export const nofcs: Option<boolean> = so.readWrite('SO_NOFCS', boolean);

/** Whether datagrams can be sent to a broadcast address. */
export const broadcast: Option<boolean> = so.readWrite('SO_BROADCAST', boolean);

/** Sends only to hosts on directly connected networks, without a gateway. */
export const dontroute: Option<boolean> = so.readWrite('SO_DONTROUTE', boolean);
