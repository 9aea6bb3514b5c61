/** Netlink: messages, attributes, and the payloads that have a parser of their own. */
import assert from 'node:assert/strict';
import * as netlink from 'berkeley/netlink';
import fc from 'fast-check';
import type { ItemLayout } from '#src/layout/tlv.js';
import { bytes, int32s, items, join, uint16 } from '../bytes.js';
import { type Placed, placed, read } from '../poison.js';
import { assertEqual, assertRereads, assertRoundTrip } from '../round-trip.js';
import { type Target, target } from '../target.js';

const attributeLayout: ItemLayout = { header: 4, length: 0, lengthSize: 2, align: 4 };
const messageLayout: ItemLayout = { header: 16, length: 0, lengthSize: 4, align: 4 };

/** The numbers of attributes are small, and can have a flag for nesting or byte order. */
const attributeType = uint16(
  fc.tuple(fc.nat(64), fc.constantFrom(0, 0, 0, 0x8000, 0x4000)).map(([type, flag]) => type | flag),
);
const flat = items(attributeLayout, attributeType, bytes(40));
const nested = items(attributeLayout, attributeType, fc.oneof({ weight: 2, arbitrary: bytes(40) }, flat));
const attributes = items(
  attributeLayout,
  attributeType,
  fc.oneof({ weight: 3, arbitrary: bytes(48) }, nested),
);

/** The payload of a message: the family's header, and attributes. */
const payload = fc
  .tuple(bytes(80), fc.constantFrom(4, 8, 12, 16, 28, 72), attributes)
  .map(([some, size, rest]) => {
    const header = new Uint8Array(size);
    header.set(some.subarray(0, size));
    return join(header, rest);
  });

const messageHead = fc
  .tuple(uint16(fc.oneof(fc.nat(128), fc.nat(0xffff))), uint16(fc.nat(0xffff)), int32s(fc.nat(9), fc.nat(9)))
  .map(parts => join(...parts));
const messages = items(messageLayout, messageHead, fc.oneof(payload, bytes(64)));

function checkMessages(input: Placed): void {
  const found = read(netlink.parseNetlinkMessages, input)!;
  for (const message of found) {
    const acknowledgement = netlink.parseNetlinkAcknowledgement(message);
    assert.ok(acknowledgement === undefined || acknowledgement.errno <= 0);
  }
  assertRoundTrip(
    found,
    all => Buffer.concat(all.map(netlink.packNetlinkMessage)),
    netlink.parseNetlinkMessages,
  );
}

function checkAttributes(input: Placed): void {
  const found = read(netlink.listNetlinkAttributes, input)!;
  assertEqual(read(netlink.parseNetlinkAttributes, input), new Map(found), 'the last of each type');
  assertRoundTrip(found, netlink.packNetlinkAttributes, netlink.listNetlinkAttributes);
  for (const [, value] of found) {
    const text = netlink.attributeText(value);
    assert.ok(typeof text === 'string' && !text.includes('\0'));
    const number = netlink.attributeNumber(value);
    assert.ok(number === undefined || (Number.isInteger(number) && number >= 0));
  }
}

function checkAcknowledgement({ bytes, at }: Placed): void {
  const flags = at << 6; // NLM_F_CAPPED is 0x100, NLM_F_ACK_TLVS 0x200
  for (const type of [2, 3])
    read(
      payload =>
        netlink.parseNetlinkAcknowledgement({
          type,
          flags,
          sequence: 1,
          pid: 0,
          payload: Buffer.from(payload),
        }),
      { bytes, at },
    );
}

/** Messages to write, which are all read again. */
const written = fc.array(
  fc
    .record({
      type: fc.nat(0xffff),
      flags: fc.nat(0xffff),
      sequence: fc.nat(0xffffffff),
      pid: fc.nat(0xffffffff),
      list: fc.array(fc.tuple(fc.nat(0x3fff), bytes(40)), { maxLength: 5 }),
    })
    .map(({ list, ...head }) => ({
      ...head,
      list: list.map(([type, value]) => [type, Buffer.from(value)] as const),
    })),
  { maxLength: 4 },
);

type Written = netlink.NetlinkMessageInput & { readonly list: (readonly [number, Buffer])[] };

function checkWritten(all: Written[]): void {
  const packed = all.map(({ list, ...head }) => ({ ...head, payload: netlink.packNetlinkAttributes(list) }));
  const found = netlink.parseNetlinkMessages(Buffer.concat(packed.map(netlink.packNetlinkMessage)));
  assertEqual(found, packed, 'written and read');
  assertEqual(
    found.map(({ payload }) => netlink.listNetlinkAttributes(payload)),
    all.map(({ list }) => list),
    'attributes, written and read',
  );
}

/** The copy of the request's header has a length that can be longer than the copy. */
const acknowledgement = fc
  .tuple(fc.integer({ min: -140, max: 2 }), messages, attributes)
  .map(([errno, request, rest]) =>
    join(new Uint8Array(Int32Array.of(errno).buffer), request.subarray(0, 200), rest),
  );

function checkGeneric({ bytes, at }: Placed): void {
  const message = read(input => netlink.parseGenericMessage(input, at & ~3), { bytes, at });
  if (message === undefined || at >= 4) return;
  const { command, version, attributes } = message;
  assertRereads(
    message,
    () => netlink.packGenericMessage({ command, version, attributes: [...attributes] }),
    packed => netlink.parseGenericMessage(packed),
  );
}

/** Text with NUL, `=` and `@` between words. */
const deviceEvent = fc
  .array(fc.oneof(fc.constantFrom('add', '/devices/x', 'SUBSYSTEM', 'net', '=', '@', '\0'), fc.string()), {
    maxLength: 20,
  })
  .map(parts => new Uint8Array(Buffer.from(parts.join(''))));

const parsers = [
  netlink.parseLink,
  netlink.parseLinkAddress,
  netlink.parseNeighbour,
  netlink.parseRoute,
  netlink.parseSocketEntry,
  netlink.parseGenericFamily,
] as const;

/** The targets. */
export const netlinkMessages: readonly Target[] = [
  target('netlink messages', placed(fc.oneof(messages, bytes(200))), checkMessages, 20),
  target('netlink attributes', placed(fc.oneof(attributes, bytes(200))), checkAttributes, 20),
  target('netlink messages, written', written, checkWritten, 10),
  target('netlink acknowledgement', placed(fc.oneof(acknowledgement, bytes(120))), checkAcknowledgement, 10),
  target('generic netlink message', placed(fc.oneof(payload, bytes(80))), checkGeneric, 10),
  ...parsers.map(parse =>
    target(parse.name, placed(fc.oneof(payload, bytes(200))), input => void read<unknown>(parse, input), 10),
  ),
  target(
    'parseDeviceEvent',
    placed(fc.oneof(deviceEvent, bytes(120))),
    input => void read(netlink.parseDeviceEvent, input),
    5,
  ),
];
