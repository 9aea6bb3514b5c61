/**
 * Decoders limit the counts and lengths in the kernel's answers to the received bytes: for the same bytes
 * they return the same, whatever precedes and follows them in memory. BERKELEY_FUZZ=1000 runs more rounds,
 * BERKELEY_SEED repeats a failure.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import * as berkeley from 'berkeley';
import { SocketError } from 'berkeley';
import * as bpf from 'berkeley/bpf';
import * as control from 'berkeley/control';
import * as netlink from 'berkeley/netlink';
import type { OptionCodec } from 'berkeley/options';
import { decodeAddress, writeFamily } from '#src/address/registry.js';
import { groups } from '../options/rows.js';
import { random } from '../support/bytes.js';

const ROUNDS = Number(process.env.BERKELEY_FUZZ ?? 60);
const SEED = Number(process.env.BERKELEY_SEED ?? 20261126);

/** Larger than the distance that a wrong small count would reach. */
const MARGIN = 512;

const next = random(SEED);
const below = (limit: number) => Math.floor(next() * limit);

/** Typical bytes of structures: zeros, ones, small numbers, noise. */
function noise(length: number): Uint8Array {
  const kind = below(5);
  return Uint8Array.from({ length }, (_, i) => {
    if (kind === 0) return below(256);
    if (kind === 1) return 0;
    if (kind === 2) return 0xff;
    if (kind === 3) return i % 4 === 0 ? below(16) : 0;
    return below(4) === 0 ? below(256) : 0;
  });
}

/** The bytes in the middle of memory with other content. */
function within(bytes: Uint8Array, filler: number): Buffer {
  const slab = Buffer.alloc(bytes.length + 2 * MARGIN, filler);
  slab.set(bytes, MARGIN);
  return slab.subarray(MARGIN, MARGIN + bytes.length);
}

type Decoder = (bytes: Buffer) => unknown;

/** The result of a decoder, or its error. */
function outcome(decode: Decoder, bytes: Buffer): unknown {
  try {
    return decode(bytes);
  } catch (error) {
    const { code } = error as { code?: unknown };
    const isRefusal = error instanceof SocketError || (typeof code === 'string' && code.startsWith('ERR_'));
    const isOurs = isRefusal && !/^ERR_(BUFFER|INVALID_THIS)/.test(String(code));
    assert.ok(isOurs, `an error of the engine: ${(error as Error).stack}`);
    return `${code}: ${(error as Error).message}`;
  }
}

/** The number of values in a result, at all levels. */
function count(value: unknown): number {
  if (typeof value === 'string' || ArrayBuffer.isView(value)) return (value as { length: number }).length;
  if (typeof value !== 'object' || value === null) return 1;
  const members = value instanceof Map ? [...value.values()] : Object.values(value);
  return members.reduce((sum: number, member) => sum + count(member), 1);
}

function check(name: string, decode: Decoder, bytes: Uint8Array): void {
  const what = `${name}, seed ${SEED}: ${Buffer.from(bytes).toString('hex')}`;
  const [first, ...others] = [0x00, 0xff, 0x02].map(filler => {
    const result = outcome(decode, within(bytes, filler));
    return [inspect(result, { depth: 9, maxArrayLength: null }), count(result)] as const;
  });
  for (const other of others) assert.equal(other[0], first![0], what);
  // Lists of groups and types can have one number per bit. Text can be longer than its bytes.
  assert.ok(first![1] <= 9 * bytes.length + 600, `${what}: ${first![1]} values`);
}

function fuzz(name: string, decode: Decoder, lengths: () => number): void {
  test(name, () => {
    for (let round = 0; round < ROUNDS; round++) check(name, decode, noise(lengths()));
  });
}

describe('options', () => {
  for (const [group, rows] of groups) {
    for (const [name, row] of rows) {
      if (!('read' in row)) continue;
      const codec = row.read as OptionCodec<unknown, never>;
      const most = Math.min(codec.size + 64, 8192);
      const fits = (length: number) => codec.fits?.(length) ?? length === codec.size;
      const lengths = Array.from({ length: most }, (_, length) => length).filter(fits);
      if (lengths.length > 0)
        fuzz(
          `${group}.${name}`,
          bytes => codec.decode(bytes),
          () => lengths[below(lengths.length)]!,
        );
    }
  }
});

describe('control messages', () => {
  for (const row of Object.values(control) as Partial<control.Receivable<unknown, unknown>>[]) {
    if (typeof row?.decode !== 'function') continue;
    const { level, type, name } = row as control.Receivable<unknown, unknown>;
    fuzz(
      name!,
      data => row.decode!({ level: level!, type: type!, data }),
      () => below(200),
    );
  }
  fuzz(
    'parseControl',
    bytes => control.parseControl(bytes),
    () => below(200),
  );
});

describe('addresses', () => {
  const families = Object.entries(berkeley).flatMap(([name, value]) =>
    /^AF_/.test(name) && typeof value === 'number' && value >= 0 ? [value] : [],
  );
  for (const family of new Set(families)) {
    const decode = (bytes: Buffer, length: number) => {
      if (bytes.length >= 2) writeFamily(bytes, family);
      return decodeAddress(bytes, length);
    };
    fuzz(
      `family ${family}`,
      bytes => decode(bytes, bytes.length),
      () => below(140),
    );
    fuzz(
      `family ${family}, of which the end is missing`,
      bytes => decode(bytes, 128),
      () => below(128),
    );
  }
});

describe('parsers', () => {
  const parsers = { ...berkeley, ...netlink, ...bpf } as unknown as Record<string, unknown>;
  for (const [name, parse] of Object.entries(parsers)) {
    const takesBytes = /^(parse(?!Address|Program|Error|CanError|GenericMessage)|list.*Attributes)/.test(
      name,
    );
    if (typeof parse === 'function' && takesBytes)
      fuzz(
        name,
        bytes => parse(bytes),
        () => below(300),
      );
  }
});
