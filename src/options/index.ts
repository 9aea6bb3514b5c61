/**
 * Typed socket options: `berkeley/options`. There is one group per level. The name of a row is its C name without the
 * prefix, in camel case: `SO_RCVBUF` is `so.rcvbuf`, `TCP_USER_TIMEOUT` is `tcp.userTimeout`.
 *
 * @packageDocumentation
 */

export type { InterfaceInput } from '../address/interface.js';
export type { Codec } from '../layout/codec.js';
export * as alg from './alg.js';
export * as bluetooth from './bluetooth.js';
export * as canIsotp from './can-isotp.js';
export * as canJ1939 from './can-j1939.js';
export * as canRaw from './can-raw.js';
export * as codec from './codec.js';
export * as dccp from './dccp.js';
export * as hci from './hci.js';
export * as hyperv from './hyperv.js';
export * as icmp from './icmp.js';
export * as icmp6 from './icmp6.js';
export * as ip from './ip/index.js';
export type { IpSocket } from './ip-socket.js';
export * as ipv6 from './ipv6/index.js';
export * as l2cap from './l2cap.js';
export { defineLevel, type Level, type LevelFacts, type Remarks, type Scope } from './level.js';
export * as mptcp from './mptcp.js';
export * as multicast from './multicast.js';
export * as netlink from './netlink.js';
export {
  type Option,
  type OptionCodec,
  type OptionFacts,
  type OptionOwner,
  type OptionRemarks,
  type OptionRow,
  type OptionValue,
  type ReadableOption,
  type ReadOnlyOption,
  type WritableOption,
  type WriteOnlyOption,
  withParameter,
} from './option.js';
export * as packet from './packet.js';
export * as rds from './rds.js';
export * as rfcomm from './rfcomm.js';
export * as sco from './sco.js';
export * as sctp from './sctp/index.js';
export * as smc from './smc.js';
export * as so from './so/index.js';
export * as tcp from './tcp/index.js';
export * as tipc from './tipc.js';
export * as udp from './udp.js';
export * as udplite from './udplite.js';
export * as unicast from './unicast.js';
export * as unix from './unix.js';
export * as utun from './utun.js';
export * as vsock from './vsock.js';
