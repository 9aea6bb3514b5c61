/**
 * Feeds random bytes to every reader of control messages, including those with addresses: none may throw, and
 * the results have to be well-formed. BERKELEY_FUZZ=1000000 runs more cases, BERKELEY_SEED repeats a failure.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as berkeley from 'berkeley';
import { type AddressOf, CMSG_SPACE, type FamilyName, formatAddress, parseAddress } from 'berkeley';
import * as control from 'berkeley/control';
import { random } from '../support/bytes.js';

const COUNT = Number(process.env.BERKELEY_FUZZ ?? 50_000);
const SEED = Number(process.env.BERKELEY_SEED ?? 20260101);

const next = random(SEED);
const below = (limit: number) => Math.floor(next() * limit);

/** Bytes of any length up to `most`, often zeros and ones, of which structures mostly consist. */
function noise(most: number): Buffer {
  const bytes = Buffer.allocUnsafe(below(most + 1));
  const kind = below(4);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = kind === 0 ? below(256) : kind === 1 ? 0 : kind === 2 ? 0xff : below(4) === 0 ? below(256) : 0;
  }
  return bytes;
}

type AnyRow = control.Receivable<unknown, unknown>;

const rows = Object.values(control).filter(value => 'matches' in Object(value)) as AnyRow[];
const families = Object.entries(berkeley).flatMap(([name, value]) =>
  /^AF_/.test(name) && typeof value === 'number' && value >= 0 ? [value] : [],
);

const isNumber = Number.isInteger;
const areNumbers = (value: object) => Object.values(value).every(Number.isInteger);
const isTime = (value: unknown) => typeof value === 'bigint';
const isAddress = (value: unknown) => typeof (value as { family?: unknown } | null)?.family === 'string';

/** The values that a row can return, by its name; a number if it is not listed here. */
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
  TIPC_ERRINFO: (value: control.TipcReturned) => Object.values(value).every(isNumber),
  TIPC_RETDATA: Buffer.isBuffer,
  TIPC_DESTNAME: (value: control.TipcDestination) => Object.values(value).every(isNumber),
};

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

const tell = (bytes: Uint8Array, i: number) => `seed ${SEED}, ${i}: ${Buffer.from(bytes).toString('hex')}`;

test(`${COUNT / 2} random messages are read by the rows`, () => {
  for (let i = 0; i < COUNT / 2; i++) {
    const row = rows[i % rows.length]!;
    const data = noise(96);
    const item = { level: row.level, type: row.type, data };
    const before = data.toString('hex');
    const value = row.decode(item);
    const isWell = (shapes[row.name] ?? isNumber) as (value: unknown) => boolean;
    assert.ok(value === undefined || isWell(value), `${row.name}, ${tell(data, i)}`);
    assert.equal(data.toString('hex'), before, 'the bytes are left alone');
    assert.ok(control.describeControl([item]).length === 1);
  }
});

/** Any address that the kernel could write, in place of the offender of an error. */
function offender(bytes: Uint8Array): AddressOf<FamilyName> | null {
  const data = Buffer.concat([Buffer.alloc(16), bytes]);
  return control.ipError.decode({ level: control.ipError.level, type: control.ipError.type, data })!.offender;
}

test(`${COUNT / 4} random addresses of ${families.length} families are read`, () => {
  const seen = new Set<string>();
  for (let i = 0; i < COUNT / 4; i++) {
    const bytes = noise(140);
    if (bytes.length >= 2 && below(8) > 0) {
      bytes.writeUInt16LE(families[below(families.length)]!);
    }
    const address = offender(bytes);
    if (address === null) continue;
    seen.add(address.family);
    const text = formatAddress(address);
    assert.ok(!/[\n\r\0]/.test(text), tell(bytes, i));
    assert.equal(formatAddress(parseAddress(text)), text, tell(bytes, i));
  }
  assert.ok(
    seen.has('inet') && seen.has('inet6') && seen.has('unix') && seen.has('unknown'),
    [...seen].join(),
  );
});

/** Control messages in a more or less valid sequence. */
function chain(): Buffer {
  const parts: Buffer[] = [];
  for (let left = below(4); left > 0; left--) {
    const row = rows[below(rows.length)]!;
    const data = noise(48);
    const item = Buffer.alloc(CMSG_SPACE(data.length));
    item.writeBigUInt64LE(below(8) === 0 ? BigInt(below(2 ** 32)) * 7n : BigInt(16 + data.length));
    item.writeInt32LE(row.level, 8);
    item.writeInt32LE(row.type, 12);
    data.copy(item, 16);
    parts.push(item);
  }
  const whole = Buffer.concat([...parts, noise(24)]);
  return whole.subarray(0, below(4) === 0 ? below(whole.length + 1) : whole.length);
}

test(`${COUNT / 4} random buffers of control messages are read`, () => {
  for (let i = 0; i < COUNT / 4; i++) {
    const bytes = i % 2 === 0 ? chain() : noise(200);
    const items = control.parseControl(bytes);
    const total = items.reduce((sum, { data }) => sum + 16 + data.length, 0);
    assert.ok(total <= bytes.length, tell(bytes, i));
    assert.ok(
      items.every(({ level, type, data }) => Number.isInteger(level + type) && Buffer.isBuffer(data)),
    );
    assert.equal(control.describeControl(items).length, items.length);
    for (const row of [control.ipError, control.rights, control.pktinfo]) row.all(items);
  }
});
