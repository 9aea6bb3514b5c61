/** Programs of BPF as text, answers of the resolver, entries of the journal. */
import assert from 'node:assert/strict';
import { AF_INET, AF_INET6 } from 'berkeley';
import * as bpf from 'berkeley/bpf';
import fc from 'fast-check';
import { encodeEntry } from '#src/activation/journal-entry.js';
import { isOpcode } from '#src/bpf/opcodes.js';
import { readRecords } from '#src/resolver/getaddrinfo.js';
import { readHostEntry } from '#src/resolver/host-entry.js';
import { bytes, bytesOf, join } from '../bytes.js';
import { isRefusal, read } from '../poison.js';
import { assertEqual, assertRoundTrip } from '../round-trip.js';
import { type Target, target } from '../target.js';

// None on systems without BPF.
const opcodes = Array.from({ length: 0x100 }, (_, code) => code).filter(isOpcode);
const instruction = fc.record({
  code: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(0, ...opcodes) }, fc.nat(0xffff)),
  jt: fc.nat(6),
  jf: fc.nat(6),
  k: fc.oneof(fc.nat(20), fc.nat(0xffffffff), fc.constantFrom(0xfffff000, 0xfffff004, 0xfffff024)),
});
const program = fc
  .array(instruction, { maxLength: 8 })
  .map(all => [...all.map(each => ({ ...each })), { code: 6, jt: 0, jf: 0, k: 0 }]);

/** A program is refused, or it has a text that parses to it. */
function checkProgram(source: readonly bpf.Instruction[]): void {
  let text: string;
  try {
    text = bpf.formatProgram(source);
  } catch (error) {
    assert.ok(isRefusal(error), (error as Error).stack);
    return;
  }
  assertRoundTrip([...source], bpf.formatProgram, bpf.parseProgram);
  assert.equal(bpf.disassemble(source).split('\n').length, source.length);
  assertEqual(bpf.parseProgram(text.replaceAll('\n', ',')), source, 'with commas');
}

const line = fc.oneof(
  fc.tuple(fc.nat(70_000), fc.nat(300), fc.nat(300), fc.nat(2 ** 33)).map(numbers => numbers.join(' ')),
  fc.constantFrom('6 0 0 0', '40 0 0 12', '21 0 1 2048', '', ' ', '-1', '0x6 0 0 0', '6 0 0', '６ 0 0 0'),
  fc.string({ maxLength: 8, unit: 'binary' }),
);
const programText = fc
  .tuple(fc.array(line, { maxLength: 5 }), fc.constantFrom('\n', ',', ' \n', '\r\n', ';'), fc.boolean())
  .map(([lines, separator, counts]) => (counts ? [lines.length, ...lines] : lines).join(separator));

function checkProgramText(text: string): void {
  let parsed: bpf.Program;
  try {
    parsed = bpf.parseProgram(text);
  } catch (error) {
    assert.ok(isRefusal(error), (error as Error).stack);
    return;
  }
  assertRoundTrip(parsed, bpf.formatProgram, bpf.parseProgram);
}

/** Names as DNS can have them: any bytes but NUL. */
const name = bytes(20).map(some => some.filter(byte => byte !== 0));

interface Info {
  readonly numbers: readonly [number, number, number];
  readonly sockaddr: Uint8Array;
  readonly name: Uint8Array | null;
}

const info: fc.Arbitrary<Info> = fc.record({
  numbers: fc.tuple(fc.nat(50), fc.nat(5), fc.nat(255)),
  sockaddr: fc.oneof(bytesOf(16), bytesOf(28), bytes(40)),
  name: fc.option(name),
});

/** As native/core/resolve.h describes the answer of getaddrinfo. */
function writeInfo({ numbers, sockaddr, name }: Info): Uint8Array {
  const head = Int32Array.of(...numbers, sockaddr.length, name?.length ?? -1);
  const length = head.byteLength + sockaddr.length + (name?.length ?? 0);
  const padding = new Uint8Array((4 - (length % 4)) % 4);
  return join(new Uint8Array(head.buffer), sockaddr, name ?? new Uint8Array(0), padding);
}

function checkAddresses({ list, at }: { list: readonly Info[]; at: number }): void {
  const records = read(
    answer => readRecords(answer).map(record => ({ ...record, sockaddr: Buffer.from(record.sockaddr) })),
    { bytes: join(...list.map(writeInfo)), at },
  );
  const expected = list.map(({ numbers: [family, type, protocol], sockaddr, name }) => ({
    ...{ family, type, protocol },
    sockaddr: Buffer.from(sockaddr),
    canonicalName: name === null ? undefined : Buffer.from(name).toString(),
  }));
  assertEqual(records, expected, 'the records');
}

const host = fc.record({
  isInet: fc.boolean(),
  names: fc.array(
    name.filter(({ length }) => length > 0),
    { minLength: 1, maxLength: 4 },
  ),
  raw: fc.array(bytesOf(16), { maxLength: 4 }),
  at: fc.nat(3).map(word => 4 * word),
});

/** As native/core/resolve.h describes the answer of gethostbyname. */
function checkHost({
  isInet,
  names,
  raw,
  at,
}: {
  isInet: boolean;
  names: Uint8Array[];
  raw: Uint8Array[];
  at: number;
}): void {
  const text = join(...names.map(each => join(each, Uint8Array.of(0))), Uint8Array.of(0));
  const padding = new Uint8Array((4 - (text.length % 4)) % 4);
  const addresses = raw.map(each => (isInet ? each.subarray(0, 4) : each));
  const family = new Uint8Array(Int32Array.of(isInet ? AF_INET : AF_INET6).buffer);
  const entry = read(readHostEntry, { bytes: join(family, text, padding, ...addresses), at })!;
  const [hostname, ...aliases] = names.map(each => Buffer.from(each).toString());
  assert.equal(entry.hostname, hostname);
  assert.deepEqual(entry.aliases, aliases);
  assert.equal(entry.addresses.length, raw.length);
}

const field = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,20}$/);
const entry = fc.array(fc.tuple(field, fc.oneof(fc.string({ unit: 'binary' }), bytes(40))), {
  minLength: 1,
  maxLength: 5,
});

/** Reads an entry as journald does: https://systemd.io/JOURNAL_NATIVE_PROTOCOL. */
function readEntry(bytes: Buffer): [string, string][] {
  const fields: [string, string][] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\n', at);
    const equals = bytes.subarray(at, end).indexOf('=');
    if (equals >= 0) {
      const name = bytes.toString('latin1', at, at + equals);
      fields.push([name, bytes.toString('hex', at + equals + 1, end)]);
      at = end + 1;
      continue;
    }
    const from = end + 9;
    const to = from + Number(bytes.readBigUInt64LE(end + 1));
    assert.equal(bytes[to], 10, 'a line break ends the value');
    fields.push([bytes.toString('latin1', at, end), bytes.toString('hex', from, to)]);
    at = to + 1;
  }
  return fields;
}

function checkEntry(fields: readonly (readonly [string, string | Uint8Array])[]): void {
  const object = Object.fromEntries(fields);
  const expected = Object.entries(object).map(([name, value]) => [
    name,
    Buffer.from(value as string).toString('hex'),
  ]);
  assertEqual(readEntry(encodeEntry(object)), expected, 'the fields');
}

/** The targets. */
export const text: readonly Target[] = [
  target('BPF program', program, checkProgram, 10),
  target('text of a BPF program', programText, checkProgramText, 10),
  target(
    'answer of getaddrinfo',
    fc.record({ list: fc.array(info, { maxLength: 4 }), at: fc.nat(3).map(word => 4 * word) }),
    checkAddresses,
    5,
  ),
  target('answer of gethostbyname', host, checkHost, 5),
  target('entry of the journal', entry, checkEntry, 5),
];
