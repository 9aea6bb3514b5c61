/** The values that the rows of control messages return. */
import * as berkeley from 'berkeley';
import type * as control from 'berkeley/control';

const isNumber = Number.isInteger;
const areNumbers = (value: object) => Object.values(value).every(Number.isInteger);
const isTime = (value: unknown) => typeof value === 'bigint';
const isAddress = (value: unknown) => typeof (value as { family?: unknown } | null)?.family === 'string';

function isError({
  code,
  errno,
  origin,
  type,
  subtype,
  info,
  data,
  offender,
}: control.ExtendedError): boolean {
  return (
    (errno === 0 ? code === null : errno < 0 && /^E\w+$/.test(code!)) &&
    typeof origin === 'string' &&
    [type, subtype, info, data].every(isNumber) &&
    (offender === null || isAddress(offender))
  );
}

/** By the name of the row. The value is a number if the row is not listed here. */
const shapes: Readonly<Record<string, (value: never) => boolean>> = {
  SCM_RIGHTS: (fds: number[]) => fds.every(Number.isInteger),
  SCM_CREDENTIALS: ({ pid, uid, gid }: control.Credentials) =>
    Number.isInteger(pid) && [uid, gid].every(isNumber),
  SCM_PIDFD: (fd: number | null) => fd === null || fd >= 0,
  SCM_SECURITY: (text: string) => typeof text === 'string' && !text.includes('\0'),
  SCM_WIFI_STATUS: (value: boolean) => typeof value === 'boolean',
  IPV6_DONTFRAG: (value: boolean) => typeof value === 'boolean',
  SCM_TIMESTAMP: isTime,
  SCM_TIMESTAMPNS: isTime,
  SCM_TXTIME: isTime,
  SCM_TIMESTAMPING: ({ software, hardware }: control.Timestamps) =>
    [software, hardware].every(time => time === null || isTime(time)),
  SCM_TIMESTAMPING_PKTINFO: ({ interfaceIndex, length }: control.TimestampedPacket) =>
    [interfaceIndex, length].every(isNumber),
  SCM_TIMESTAMPING_OPT_STATS: Buffer.isBuffer,
  IP_PKTINFO: ({ interfaceIndex, local, destination }: control.PacketInfo) =>
    isNumber(interfaceIndex) &&
    [local, destination].every(host => berkeley.inet_pton(berkeley.AF_INET, host)),
  IPV6_PKTINFO: ({ interfaceIndex, local }: control.PacketInfo6) =>
    isNumber(interfaceIndex) && berkeley.inet_pton(berkeley.AF_INET6, local).length === 16,
  IP_RECVERR: isError,
  IPV6_RECVERR: isError,
  SCM_CAN_RAW_ERRQUEUE: isError,
  SCM_J1939_ERRQUEUE: isError,
  SCM_J1939_DEST_NAME: isTime,
  PACKET_TX_TIMESTAMP: isError,
  SCTP_INIT: areNumbers,
  SCTP_SNDRCV: areNumbers,
  SCTP_SNDINFO: areNumbers,
  SCTP_RCVINFO: areNumbers,
  SCTP_NXTINFO: areNumbers,
  SCTP_PRINFO: areNumbers,
  SCTP_DSTADDRV4: (host: string) => berkeley.inet_pton(berkeley.AF_INET, host).length === 4,
  SCTP_DSTADDRV6: (host: string) => berkeley.inet_pton(berkeley.AF_INET6, host).length === 16,
  PACKET_AUXDATA: ({ vlan, ...numbers }: control.PacketAuxdata) =>
    Object.values(numbers).every(isNumber) && (vlan === undefined || vlan.id <= 4095),
  IP_ORIGDSTADDR: isAddress,
  IPV6_ORIGDSTADDR: isAddress,
  IPV6_NEXTHOP: isAddress,
  IPV6_PATHMTU: ({ address, mtu }: control.PathMtu) => isAddress(address) && isNumber(mtu),
  IP_RECVOPTS: Buffer.isBuffer,
  IP_RETOPTS: Buffer.isBuffer,
  IPV6_HOPOPTS: Buffer.isBuffer,
  IPV6_DSTOPTS: Buffer.isBuffer,
  IPV6_RTHDRDSTOPTS: Buffer.isBuffer,
  IPV6_RTHDR: Buffer.isBuffer,
  RDS_CMSG_CONG_UPDATE: isTime,
  TIPC_ERRINFO: areNumbers,
  TIPC_RETDATA: Buffer.isBuffer,
  TIPC_DESTNAME: areNumbers,
};

/** Returns whether a value is one of the row with this name. */
export function shapeOf(name: string): (value: never) => boolean {
  return shapes[name] ?? (isNumber as (value: never) => boolean);
}
