/** Control messages: their list, every row, and what is composed of rows. */
import assert from 'node:assert/strict';
import * as berkeley from 'berkeley';
import * as control from 'berkeley/control';
import fc from 'fast-check';
import { cmsghdr } from '#src/constants/layout.js';
import type { ItemLayout } from '#src/layout/tlv.js';
import { encodeControl } from '#src/message/control.js';
import { bytes, int32s, items } from '../bytes.js';
import { type Placed, placed, read } from '../poison.js';
import { assertEqual, assertRereads } from '../round-trip.js';
import { type Target, target } from '../target.js';
import { shapeOf } from './control-shapes.js';

type AnyRow = control.Receivable<unknown, unknown>;

const rows = Object.values(control).filter(value => 'matches' in Object(value)) as AnyRow[];

const layout: ItemLayout = {
  header: cmsghdr.data,
  length: cmsghdr.cmsg_len,
  lengthSize: cmsghdr.cmsg_len_size === 8 ? 8 : 4,
  align: cmsghdr.align,
};

/** The level and type of any row, or any numbers. */
const kind = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...rows).map(({ level, type }) => [level, type] as const) },
  { weight: 1, arbitrary: fc.tuple(fc.integer(), fc.integer()) },
);
const head = kind.map(([level, type]) => new Uint8Array(Int32Array.of(level, type).buffer));
const list = items(layout, head, bytes(64));

function checkList(input: Placed): void {
  const found = read(control.parseControl, input)!;
  const total = found.reduce((sum, { data }) => sum + cmsghdr.data + data.length, 0);
  assert.ok(total <= input.bytes.length, 'not more than there is');
  assert.equal(control.describeControl(found).length, found.length);
  const isKnown = (each: control.NamedControl | berkeley.ControlMessage) => 'name' in each;
  for (const row of rows) {
    const own = found.filter(item => row.decode(item) !== undefined);
    assert.equal(row.all(found).length, own.length, row.name);
    assert.equal(row.find(found) === undefined, own.length === 0, row.name);
    assert.ok(control.describeControl(own).every(isKnown), row.name);
  }
  const sendable = found.filter(({ level, type }) => level >= -0x8000 && type >= -0x8000);
  assertEqual(control.parseControl(encodeControl(sendable) ?? new Uint8Array(0)), sendable, 'written again');
}

/** Items to write, which are all read again. */
const written = fc.array(
  fc.tuple(kind, bytes(64)).map(([[level, type], data]) => ({ level, type, data: Buffer.from(data) })),
  { maxLength: 6 },
);

function checkWritten(list: berkeley.ControlMessage[]): void {
  const present = list.filter(({ level, type }) => level >= -0x8000 && type >= -0x8000);
  assertEqual(control.parseControl(encodeControl(present) ?? new Uint8Array(0)), present, 'written and read');
}

/** A row reads bytes of any length, and what it sends it reads as the same. */
function checkRow(row: AnyRow, input: Placed): void {
  const { level, type } = row;
  const value = read(data => row.decode({ level, type, data }), input);
  if (value === undefined) return;
  assert.ok(shapeOf(row.name)(value as never), `a value of ${row.name}`);
  const write: unknown = row;
  if (typeof write !== 'function') return;
  assertRereads(value, write as (value: unknown) => berkeley.ControlMessage, row.decode);
}

const hciControl = fc.array(
  fc.record({ level: fc.constantFrom(0, 1), type: fc.constantFrom(1, 2, 3), data: bytes(24) }),
  { maxLength: 4 },
);

function checkHci(control: { level: number; type: number; data: Uint8Array }[]): void {
  const info = berkeley.hciPacketInfo(control);
  assert.ok(info.isIncoming === undefined || typeof info.isIncoming === 'boolean');
  assert.ok(info.time === undefined || typeof info.time === 'bigint');
}

/** Notifications of SCTP: the type, flags and length, and what follows. */
const notification = fc
  .tuple(int32s(fc.integer({ min: 0x8000, max: 0x8010 }), fc.nat(300)), bytes(300))
  .map(([head, rest]) => {
    const all = new Uint8Array(head.length + rest.length);
    all.set(head);
    all.set(rest, head.length);
    return all;
  });

/** An item of the error queue as J1939 makes them: an error, and statistics in netlink attributes. */
const statistics = fc.record({
  origin: fc.constantFrom('local', 'none', 'timestamping', 'zerocopy'),
  subtype: fc.nat(8),
  type: fc.nat(8),
  info: fc.nat(0xffffffff),
  data: fc.nat(0xffffffff),
  errno: fc.constantFrom(0, -11, -110),
  code: fc.constant(null),
  control: fc.array(fc.record({ level: fc.constantFrom(1, 107), type: fc.nat(64), data: bytes(80) }), {
    maxLength: 3,
  }),
  packet: bytes(40),
});

function checkProgress(item: object): void {
  const queued = item as { control: { data: Uint8Array }[] };
  const withBuffers = queued.control.map(each => ({ ...each, data: Buffer.from(each.data) }));
  const argument = { ...item, control: withBuffers } as never;
  const progress = control.j1939Progress(argument);
  assert.ok(progress === undefined || typeof progress === 'object');
  control.zerocopyCompletion(argument);
}

/** The targets. */
export const controlMessages: readonly Target[] = [
  target('list of control messages', placed(fc.oneof(list, bytes(200))), checkList, 30),
  target('list of control messages, written', written, checkWritten, 10),
  ...rows.map(row => target(`control ${row.name}`, placed(bytes(96)), input => checkRow(row, input), 3)),
  target('hciPacketInfo', hciControl, checkHci, 2),
  target(
    'parseSctpNotification',
    placed(fc.oneof(notification, bytes(300))),
    input => void read(control.parseSctpNotification, input),
    10,
  ),
  target('j1939Progress', statistics, checkProgress, 4),
];
