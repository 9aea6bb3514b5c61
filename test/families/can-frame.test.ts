/** CAN frames and J1939 NAMEs as objects and as bytes. The other files test them with the kernel. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type AnyCanFrameInput,
  CAN_EFF_MASK,
  type CanFrame,
  isCanFdFrame,
  isCanXlFrame,
  type J1939Name,
  packAnyCanFrame,
  packCanFdFrame,
  packCanFrame,
  packCanXlFrame,
  packJ1939Claim,
  packJ1939Name,
  parseAnyCanFrame,
  parseCanError,
  parseCanFdFrame,
  parseCanFrame,
  parseCanXlFrame,
  parseJ1939Name,
} from 'berkeley';
import { CANXL_MTU } from 'berkeley/constants';
import { canIsotp } from 'berkeley/options';

const bytes = (...data: number[]): Buffer => Buffer.from(data);
const invalid = (argument: string, name = 'TypeError') => ({
  name,
  code: /^ERR_(INVALID_ARG_(TYPE|VALUE)|OUT_OF_RANGE)$/,
  message: new RegExp(`["']${argument.replaceAll('.', '\\.')}["']`),
});

describe('a CAN frame', () => {
  const frames: readonly AnyCanFrameInput[] = [
    { kind: 'classic', id: 0x7ff, data: bytes() },
    { kind: 'classic', id: 0x800, extended: true, data: bytes(1, 2, 3, 4, 5, 6, 7, 8) },
    { kind: 'classic', id: 1, remote: true, data: bytes(0, 0) },
    { kind: 'classic', id: 1, data: Buffer.alloc(8), lengthCode: 15 },
    { kind: 'classic', id: CAN_EFF_MASK, error: true, data: Buffer.alloc(8) },
    { kind: 'fd', id: 0x123, data: bytes(1) },
    {
      kind: 'fd',
      id: 0x12345,
      extended: true,
      bitRateSwitch: true,
      errorState: true,
      data: Buffer.alloc(64, 7),
    },
    { kind: 'xl', priority: 0, data: bytes(0) },
    // The lengths of a classic frame and of a CAN FD frame.
    { kind: 'xl', priority: 0x7ff, vcid: 255, sdt: 255, af: 0xffffffff, data: bytes(1, 2, 3, 4) },
    { kind: 'xl', priority: 1, sec: true, rrs: true, data: Buffer.alloc(60, 7) },
    { kind: 'xl', priority: 1, data: Buffer.alloc(2048, 7) },
  ];

  test('of any kind survives encoding and decoding', () => {
    const rest = {
      classic: { extended: false, remote: false, error: false },
      fd: { extended: false, error: false, bitRateSwitch: false, errorState: false },
      xl: { vcid: 0, sec: false, rrs: false, sdt: 0, af: 0 },
    };
    for (const frame of frames) {
      const packed = packAnyCanFrame(frame);
      const parsed = parseAnyCanFrame(packed);
      assert.deepEqual(parsed, { ...rest[frame.kind], ...frame });
      assert.deepEqual(packAnyCanFrame(parsed), packed);
      assert.equal(isCanFdFrame(packed), frame.kind === 'fd');
      assert.equal(isCanXlFrame(packed), frame.kind === 'xl');
    }
  });

  test('that is truncated, or of another kind, is refused', () => {
    const of = invalid('bytes');
    const [classic, fd] = [packCanFrame({ id: 1 }), packCanFdFrame({ id: 1 })];
    const xl = packCanXlFrame({ priority: 1, data: bytes(1, 2, 3, 4) });
    assert.equal(xl.length, classic.length);
    for (const frame of [classic, fd, xl])
      assert.throws(() => parseAnyCanFrame(frame.subarray(1)), of, frame.toString('hex'));
    assert.throws(() => parseCanFrame(xl), of);
    assert.throws(() => parseCanXlFrame(classic), of);
    assert.throws(() => parseCanFdFrame(packCanXlFrame({ priority: 1, data: Buffer.alloc(60) })), of);
    for (let length = 0; length <= CANXL_MTU; length += 7) {
      // Bytes of any length and content give a frame, or this error and no other.
      for (const fill of [0, 0x80, 0xff]) {
        try {
          parseAnyCanFrame(Buffer.alloc(length, fill));
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'ERR_INVALID_ARG_VALUE');
        }
      }
    }
  });

  test('that is invalid is refused, and the error names the field', () => {
    const range = (argument: string) => ({ name: 'RangeError', message: new RegExp(`"${argument}"`) });
    assert.throws(() => packCanFrame({ id: 0x800 }), {
      message: /"frame\.id".*<= 2047; with extended, <= 536870911/,
    });
    assert.throws(() => packCanFrame({ id: 2 ** 29, extended: true }), range('frame.id'));
    assert.throws(() => packCanFrame({ id: -1 }), range('frame.id'));
    assert.throws(() => packCanFrame({ id: 1.5 }), range('frame.id'));
    assert.throws(() => packCanFdFrame({ id: 0x800 }), range('frame.id'));
    assert.throws(() => packCanFrame({ id: '1' as never }), invalid('frame.id'));
    assert.throws(() => packCanFrame({ id: 1, extended: 1 as never }), invalid('frame.extended'));
    assert.throws(() => packCanFrame({ id: 1, data: Buffer.alloc(9) }), invalid('frame.data'));
    assert.throws(() => packCanFrame({ id: 1, data: [1] as never }), invalid('frame.data'));
    assert.throws(() => packCanFrame({ id: 1, data: bytes(1), lengthCode: 9 }), invalid('frame.lengthCode'));
    assert.throws(
      () => packCanFrame({ id: 1, data: Buffer.alloc(8), lengthCode: 8 }),
      range('frame.lengthCode'),
    );
    assert.throws(() => packCanFdFrame({ id: 1, data: Buffer.alloc(9) }), invalid('frame.data'));
    assert.throws(
      () => packCanFdFrame({ id: 1, bitRateSwitch: 'no' as never }),
      invalid('frame.bitRateSwitch'),
    );
    assert.throws(() => packCanFrame(undefined as never), invalid('frame'));
    assert.throws(() => packAnyCanFrame({ kind: 'cc', id: 1 } as never), invalid('frame.kind'));
    const xl = (part: object) => () => packCanXlFrame({ priority: 1, data: 'x', ...part });
    assert.throws(xl({ priority: 0x800 }), range('frame.priority'));
    assert.throws(xl({ vcid: 256 }), range('frame.vcid'));
    assert.throws(xl({ sdt: -1 }), range('frame.sdt'));
    assert.throws(xl({ af: 2 ** 32 }), range('frame.af'));
    assert.throws(xl({ sec: 0 }), invalid('frame.sec'));
    assert.throws(xl({ data: '' }), invalid('frame.data'));
    assert.throws(xl({ data: Buffer.alloc(2049) }), invalid('frame.data'));
  });

  test('with an error class has its details; absent details are false or null', () => {
    const of = (id: number, ...data: number[]): CanFrame =>
      ({ id, error: true, data: bytes(...data) }) as CanFrame;
    const nothing = {
      ...{ txTimeout: false, lostArbitration: null, controller: null, protocol: null, transceiver: null },
      ...{ noAck: false, busOff: false, busError: false, restarted: false, counters: null },
    };
    assert.deepEqual(parseCanError(of(0)), nothing);
    assert.deepEqual(parseCanError(of(0x10, 0, 0, 0, 0, 0x74)), {
      ...nothing,
      transceiver: ['canhNoWire', 'canlShortToGround'],
    });
    assert.deepEqual(parseCanError(of(0x10, 0, 0, 0, 0, 0x80)).transceiver, ['canlShortToCanh']);
    assert.deepEqual(parseCanError(of(0x1c)), {
      ...nothing,
      controller: [],
      protocol: { violations: [], location: null },
      transceiver: [],
    });
    assert.deepEqual(parseCanError(of(0x200, 0, 0, 0, 0, 0, 0, 0, 0)).counters, { tx: 0, rx: 0 });
    assert.throws(() => parseCanError(parseCanFrame(packCanFrame({ id: 4 }))), invalid('frame'));
    assert.throws(() => parseCanError(null as never), invalid('frame'));
  });
});

describe('a J1939 NAME', () => {
  const most: J1939Name = {
    ...{ identityNumber: 0x1fffff, manufacturerCode: 0x7ff, ecuInstance: 7, functionInstance: 31 },
    ...{ function: 255, vehicleSystem: 127, vehicleSystemInstance: 15, industryGroup: 7 },
    arbitraryAddressCapable: true,
  };
  const none: J1939Name = { ...parseJ1939Name(0n) };

  test('has the layout of linux/can/j1939.h', () => {
    const lowest = {
      ...{
        identityNumber: 0n,
        manufacturerCode: 21n,
        ecuInstance: 32n,
        functionInstance: 35n,
        function: 40n,
      },
      ...{ vehicleSystem: 49n, vehicleSystemInstance: 56n, industryGroup: 60n },
    };
    for (const [part, shift] of Object.entries(lowest)) {
      assert.equal(packJ1939Name({ [part]: 1 }), 1n << shift, part);
      assert.deepEqual(parseJ1939Name(1n << shift), { ...none, [part]: 1 });
    }
    assert.equal(packJ1939Name({ arbitraryAddressCapable: true }), 1n << 63n);
    // Bit 48 is reserved.
    assert.equal(packJ1939Name(most), 0xffffffffffffffffn ^ (1n << 48n));
    assert.deepEqual(parseJ1939Name(0xffffffffffffffffn), most);
    assert.equal(packJ1939Name({}), 0n);
  });

  test('is claimed with its bytes in little-endian order', () => {
    assert.deepEqual(
      packJ1939Claim(0x1122334455667788n),
      bytes(0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11),
    );
    assert.deepEqual(parseJ1939Name(packJ1939Claim(packJ1939Name(most))), most);
  });

  test('with fields out of range is refused', () => {
    for (const [part, value] of Object.entries(most)) {
      if (typeof value !== 'number') continue;
      const outOfRange = { name: 'RangeError', message: new RegExp(`"name\\.${part}"`) };
      assert.throws(() => packJ1939Name({ [part]: value + 1 }), outOfRange);
      assert.throws(() => packJ1939Name({ [part]: -1 }), outOfRange);
    }
    assert.throws(() => packJ1939Name({ function: '1' as never }), invalid('name.function'));
    assert.throws(
      () => packJ1939Name({ arbitraryAddressCapable: 1 as never }),
      invalid('name.arbitraryAddressCapable'),
    );
    assert.throws(() => parseJ1939Name(1 as never), invalid('name'));
    assert.throws(() => parseJ1939Name(bytes(1)), invalid('name'));
    assert.throws(() => packJ1939Claim(-1n), { name: 'RangeError', message: /"name"/ });
  });
});

test('the separation time of ISO-TP is in milliseconds, whole or in tenths', () => {
  const byteOf = (separationTime: number) => canIsotp.recvFc.write.encode({ separationTime }, 'value')[1];
  const timeOf = (byte: number) => canIsotp.recvFc.read.decode(bytes(0, byte, 0)).separationTime;
  for (const time of [0, 0.1, 0.2, 0.1 + 0.2, 0.7, 0.9, 1, 20, 127])
    assert.ok(Math.abs(timeOf(byteOf(time)!) - time) < 1e-6, String(time));
  assert.deepEqual([byteOf(0.1), byteOf(0.9), byteOf(5)], [0xf1, 0xf9, 5]);
  // ISO 15765-2: reserved values mean the longest time.
  assert.deepEqual([timeOf(0x80), timeOf(0xf0), timeOf(0xfa), timeOf(0xff)], [127, 127, 127, 127]);
  for (const time of [-1, 128, 1.5, 0.05, 0.95, Number.NaN])
    assert.throws(
      () => byteOf(time),
      { name: 'RangeError', message: /"value\.separationTime"/ },
      String(time),
    );
  assert.throws(() => byteOf('1' as never), invalid('value.separationTime'));
});
