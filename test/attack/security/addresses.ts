/** Addresses of the families that have a struct with padding or reserved members. No byte of them is poison. */
import * as berkeley from 'berkeley';

const device = '00:11:22:33:44:55';

export const addresses: readonly (readonly [family: number, address: object])[] = [
  [berkeley.AF_INET, { host: '192.0.2.1', port: 80 }],
  [berkeley.AF_INET6, { host: '2001:db8::1', port: 80 }],
  [berkeley.AF_UNIX, { path: '/tmp/x' }],
  [berkeley.AF_UNIX, { abstract: 'x' }],
  [berkeley.AF_CAN, { interface: 'lo' }],
  [berkeley.AF_CAN, { interface: 'lo', name: 1n, pgn: 1, address: 1 }],
  [berkeley.AF_PACKET, { interface: 'lo', protocol: 3 }],
  [berkeley.AF_PACKET, { interface: 'lo', protocol: 3, hardwareAddress: device }],
  [berkeley.AF_NETLINK, { pid: 1, groups: 1 }],
  [berkeley.AF_VSOCK, { cid: 3, port: 80 }],
  [berkeley.AF_BLUETOOTH, { address: device, psm: 4097 }],
  [berkeley.AF_BLUETOOTH, { address: device, channel: 3 }],
  [berkeley.AF_BLUETOOTH, { device: 0, channel: 1 }],
  [berkeley.AF_BLUETOOTH, { address: device }],
  [berkeley.AF_ALG, { type: 'hash', name: 'sha1' }],
  [berkeley.AF_QIPCRTR, { node: 1, port: 80 }],
  [berkeley.AF_RDS, { host: '192.0.2.1', port: 80 }],
];
