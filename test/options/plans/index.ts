/** The table: a plan for each row. */
import type { GroupPlan } from '../plan.js';
import { dccpPlans } from './dccp.js';
import * as guest from './guest.js';
import { ipPlans } from './ip.js';
import { ipv6Plans } from './ipv6.js';
import { sctpPlans } from './sctp.js';
import * as small from './small.js';
import { soPlans } from './so.js';
import { tcpPlans } from './tcp.js';
import { udplitePlans, udpPlans } from './udp.js';

export const plans: Readonly<Record<string, GroupPlan>> = {
  alg: guest.algPlans,
  bluetooth: guest.bluetoothPlans,
  canIsotp: guest.canIsotpPlans,
  canJ1939: guest.canJ1939Plans,
  canRaw: guest.canRawPlans,
  dccp: dccpPlans,
  hci: guest.hciPlans,
  hyperv: small.elsewherePlans,
  icmp: small.icmpPlans,
  icmp6: small.icmp6Plans,
  ip: ipPlans,
  ipv6: ipv6Plans,
  l2cap: guest.l2capPlans,
  mptcp: small.mptcpPlans,
  netlink: small.netlinkPlans,
  packet: small.packetPlans,
  rds: guest.rdsPlans,
  rfcomm: guest.rfcommPlans,
  sco: guest.scoPlans,
  sctp: sctpPlans,
  smc: small.smcPlans,
  so: soPlans,
  tcp: tcpPlans,
  tipc: guest.tipcPlans,
  udp: udpPlans,
  udplite: udplitePlans,
  unix: small.unixPlans,
  utun: small.elsewherePlans,
  vsock: small.vsockPlans,
};
