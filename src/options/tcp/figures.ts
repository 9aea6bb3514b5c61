/** What the kernel tells of a connection. */
import type { Codec } from '../codec.js';
import type { ReadOnlyOption } from '../option.js';
import { type Inet, tcp } from './level.js';
import type { TcpInfo } from './tcp-info.js';
import { tcpInfo } from './tcp-info-codec.js';

const codec: Codec<TcpInfo> = { ...tcpInfo, type: 'TcpInfo' };

/** The connection’s state and figures: `TcpInfo` says what each is, and its unit. */
export const info: ReadOnlyOption<TcpInfo, Inet> = tcp.readOnly('TCP_INFO', codec);
