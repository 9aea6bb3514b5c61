/** Frames of CAN in all forms, messages of the broadcast manager, and names of J1939: bytes, and values to pack. */
import assert from 'node:assert/strict';
import * as berkeley from 'berkeley';
import fc, { type Arbitrary } from 'fast-check';
import { bytes, bytesOf, int32s, join, uint16 } from '../bytes.js';
import { type Placed, placed, read } from '../poison.js';
import { assertEqual, assertRereads } from '../round-trip.js';
import { type Target, target } from '../target.js';

/** Frames of a size that one kind has, and of any other. */
const framed = fc.oneof(bytesOf(16), bytesOf(72), bytes(100));

/** CAN XL: priority, flags, type, length, acceptance, data. */
const xlFrame = fc
  .tuple(int32s(fc.integer()), fc.nat(3), fc.nat(0xff), bytes(2048), fc.constantFrom(0, 0, 0, -1, 1, 300))
  .chain(([prio, flags, sdt, data, lie]) =>
    fc
      .tuple(uint16(fc.constant(Math.max(0, data.length + lie))), int32s(fc.integer()))
      .map(([length, af]) => join(prio, Uint8Array.of(0x80 | flags, sdt), length, af, data)),
  );

/** A reader of frames, and the writer that takes its results. */
function frames<T>(
  name: string,
  input: Arbitrary<Uint8Array>,
  parse: (bytes: Uint8Array) => T,
  pack: (frame: T) => Buffer,
): Target {
  const check = (input: Placed): void => {
    const frame = read<T>(parse, input);
    if (frame !== undefined) assertRereads(frame, pack, parse);
  };
  return target(name, placed(input), check, 10);
}

const identifier = fc
  .boolean()
  .chain(extended =>
    fc.record({ extended: fc.constant(extended), id: fc.nat(extended ? 0x1fffffff : 0x7ff) }),
  );
const data = (...lengths: readonly number[]) => fc.constantFrom(...lengths).chain(length => bytesOf(length));

const classic = fc
  .tuple(identifier, fc.boolean(), data(0, 1, 2, 3, 4, 5, 6, 7, 8), fc.integer({ min: 9, max: 15 }))
  .map(([id, remote, data, code]) => ({
    ...id,
    remote,
    error: false,
    data: Buffer.from(data),
    ...(data.length === 8 && code > 10 && { lengthCode: code }),
  }));
const fd = fc
  .tuple(identifier, fc.boolean(), fc.boolean(), data(0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20, 24, 32, 48, 64))
  .map(([id, bitRateSwitch, errorState, data]) => ({
    ...id,
    error: false,
    bitRateSwitch,
    errorState,
    data: Buffer.from(data),
  }));
const xl = fc
  .record({
    priority: fc.nat(0x7ff),
    vcid: fc.nat(0xff),
    sec: fc.boolean(),
    rrs: fc.boolean(),
    sdt: fc.nat(0xff),
    af: fc.nat(0xffffffff),
    data: data(1, 2, 8, 64, 2047, 2048),
  })
  .map(frame => ({ ...frame, data: Buffer.from(frame.data) }));

/** Values that the writer must take, and the reader returns. */
function values<T>(
  name: string,
  input: Arbitrary<T>,
  pack: (value: T) => Uint8Array,
  parse: (bytes: Uint8Array) => unknown,
): Target {
  const check = (value: T): void => assertEqual(parse(pack(value)), value, 'packed and parsed');
  return target(name, input, check, 5);
}

const anyKind = fc.oneof(
  classic.map(frame => ({ kind: 'classic' as const, ...frame })),
  fd.map(frame => ({ kind: 'fd' as const, ...frame })),
  xl.map(frame => ({ kind: 'xl' as const, ...frame })),
);

const uint32 = fc.nat(0xffffffff);
const interval = fc.oneof(
  fc.nat(1_000_000),
  fc.double({ min: 0, max: 2 ** 40, noNaN: true }),
  fc.tuple(fc.nat(999), fc.double({ min: 0.999, max: 1, noNaN: true })).map(([whole, part]) => whole + part),
);
const CAN_BCM_CAN_FD_FRAME = 0x800;
const bcm = fc.boolean().chain(isFd =>
  fc
    .record({
      opcode: uint32,
      flags: fc
        .nat(0x7ff)
        .map(flags => (isFd ? flags | CAN_BCM_CAN_FD_FRAME : flags & ~CAN_BCM_CAN_FD_FRAME)),
      count: uint32,
      interval1: interval,
      interval2: interval,
      canId: uint32,
      frames: fc.array(bytesOf(isFd ? 72 : 16), { maxLength: 5 }),
    })
    .map(message => ({ ...message, frames: message.frames.map(frame => Buffer.from(frame)) })),
);

/** Messages with plausible intervals, and bytes of frames. */
const bcmBytes = fc
  .tuple(bytesOf(56), fc.tuple(fc.nat(99), fc.nat(2_000_000), fc.nat(99), fc.nat(2_000_000)), bytes(300))
  .map(([head, times, frames]) => {
    head.set(new Uint8Array(BigInt64Array.from(times, BigInt).buffer), 16);
    return join(head, frames);
  });

/** A message is parsed as it was, with intervals in whole microseconds. */
function checkBcm(message: berkeley.BcmMessage): void {
  const parsed = berkeley.parseBcmMessage(berkeley.packBcmMessage(message));
  const { interval1, interval2 } = parsed;
  assertEqual(parsed, { ...message, interval1, interval2 }, 'packed and parsed');
  assert.ok(Math.abs(interval1 - message.interval1) <= 0.000_501 + message.interval1 * Number.EPSILON);
  assert.ok(Math.abs(interval2 - message.interval2) <= 0.000_501 + message.interval2 * Number.EPSILON);
  const fields = new BigInt64Array(new Uint8Array(berkeley.packBcmMessage(message)).buffer.slice(16, 48));
  assert.ok(fields[1]! < 1_000_000n && fields[3]! < 1_000_000n, 'less than a million microseconds');
}

/** Intervals that a number holds to the microsecond are packed again. */
function checkBcmBytes(input: Placed): void {
  const message = read(berkeley.parseBcmMessage, input);
  if (message === undefined || Math.max(message.interval1, message.interval2) > 2 ** 40) return;
  assertRereads(message, berkeley.packBcmMessage, berkeley.parseBcmMessage);
}

function checkError(frame: { id: number; data: Uint8Array }): void {
  const argument = { id: frame.id, error: true, data: Buffer.from(frame.data) };
  assert.equal(typeof berkeley.parseCanError(argument), 'object');
}

/** The only bit of a NAME that belongs to no field (SAE J1939-81). */
const RESERVED = 1n << 48n;

function checkName({ bytes, at }: Placed): void {
  const name = read(berkeley.parseJ1939Name, { bytes, at });
  assert.equal(name === undefined, bytes.length !== 8);
  if (name === undefined) return;
  const packed = berkeley.packJ1939Claim(berkeley.packJ1939Name(name));
  assert.equal(packed.readBigUInt64LE(), Buffer.from(bytes).readBigUInt64LE() & ~RESERVED);
}

/** The targets. */
export const can: readonly Target[] = [
  frames('parseCanFrame', framed, berkeley.parseCanFrame, berkeley.packCanFrame),
  frames('parseCanFdFrame', framed, berkeley.parseCanFdFrame, berkeley.packCanFdFrame),
  frames('parseCanXlFrame', fc.oneof(xlFrame, framed), berkeley.parseCanXlFrame, berkeley.packCanXlFrame),
  frames('parseAnyCanFrame', fc.oneof(xlFrame, framed), berkeley.parseAnyCanFrame, berkeley.packAnyCanFrame),
  target('parseBcmMessage', placed(fc.oneof(bcmBytes, bytes(400))), checkBcmBytes, 10),
  values('packCanFrame', classic, berkeley.packCanFrame, berkeley.parseCanFrame),
  values('packCanFdFrame', fd, berkeley.packCanFdFrame, berkeley.parseCanFdFrame),
  values('packCanXlFrame', xl, berkeley.packCanXlFrame, berkeley.parseCanXlFrame),
  values('packAnyCanFrame', anyKind, berkeley.packAnyCanFrame, berkeley.parseAnyCanFrame),
  target('packBcmMessage', bcm, checkBcm, 5),
  target('parseCanError', fc.record({ id: fc.nat(0x1fffffff), data: bytesOf(8) }), checkError, 3),
  target('parseJ1939Name', placed(fc.oneof(bytesOf(8), bytes(12))), checkName, 3),
];
