/**
 * The families that Linux does not have: their addresses have the layout of their platform, and a text form
 * everywhere.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import {
  AF_DIVERT,
  AF_HYPERV,
  AF_SYSTEM,
  type Family,
  type FamilyName,
  familyName,
  formatAddress,
  MessageBatch,
  parseAddress,
  SOCK_DGRAM,
  Socket,
  type SocketAddress,
} from 'berkeley';
import type { FamilyDriver } from '../../src/address/driver.js';
import { random } from '../support/bytes.js';
import { failureOf } from '../support/failure.js';
import { askPython, besideSource, withoutPython } from '../support/python.js';
import { built } from '../tables/constants.js';

const ROUNDS = 300;
const LONGEST = 64;

/** Whole numbers below `limit`. */
type Below = (limit: number) => number;

interface Elsewhere {
  readonly constant: string;
  readonly number: Family<FamilyName>;
  readonly platform: NodeJS.Platform;
  any(below: Below): SocketAddress;
}

const below = (seed: number): Below => {
  const next = random(seed);
  return limit => Math.floor(next() * limit);
};

const bytesOf = (next: Below, length: number): Buffer => Buffer.from(Array.from({ length }, () => next(256)));

function guid(next: Below): string {
  const digits = bytesOf(next, 16).toString('hex');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const families: Readonly<Record<string, Elsewhere>> = {
  system: {
    constant: 'AF_SYSTEM',
    number: AF_SYSTEM,
    platform: 'darwin',
    any: next => ({ family: 'system', id: next(2 ** 32), unit: next(2 ** 32) }),
  },
  hyperv: {
    constant: 'AF_HYPERV',
    number: AF_HYPERV,
    platform: 'win32',
    any: next => ({ family: 'hyperv', vmId: guid(next), serviceId: guid(next) }),
  },
  divert: {
    constant: 'AF_DIVERT',
    number: AF_DIVERT,
    platform: 'freebsd',
    any: next => ({
      family: 'divert',
      port: next(65536),
      host: [...bytesOf(next, 4)].join('.'),
      interface: bytesOf(next, next(8)).toString('latin1').replaceAll('\0', '_'),
    }),
  },
};

async function driverOf(name: string): Promise<FamilyDriver> {
  const module = (await import(built(`src/families/${name}/${name}.ts`))) as Record<string, FamilyDriver>;
  return module[name]!;
}

/** Runs `body` with the platform replaced, after the addon of the real platform has been loaded. */
function on(platform: string, script: string): unknown {
  const program = `
    await import('${built('src/binding.ts')}');
    Object.defineProperty(process, 'platform', { value: '${platform}' });
    const { decodeAddress, familyNameOf, driverOf } = await import('${built('src/address/registry.ts')}');
    await import('${built('src/families/index.ts')}');
    const constants = await import('${built('src/constants.ts')}');
    const rooms = {};
    for (const name of ['system', 'hyperv', 'divert'])
      rooms[name] = (await import('${built('src/families/')}' + name + '/' + name + '.js'))[name];
    console.log(JSON.stringify(await (async () => { ${script} })()));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }),
  );
}

for (const [name, { constant, number, platform, any }] of Object.entries(families)) {
  describe(constant, () => {
    const next = below(1);
    const addresses = Array.from({ length: ROUNDS }, () => any(next));

    test('the text of an address can be parsed', () => {
      for (const address of addresses) {
        const text = formatAddress(address);
        assert.ok(text.startsWith(`${name}:`), text);
        assert.deepEqual(parseAddress(text), address);
        assert.ok(Object.isFrozen(parseAddress(text)));
      }
    });

    test('its bytes are those of a C program, packed by Python', { skip: withoutPython }, async () => {
      const room = await driverOf(name);
      const theirs = askPython<string[]>(besideSource('elsewhere.py', import.meta.url), addresses);
      const ours = addresses.map(address => Buffer.from(room.encode(address as never)).toString('hex'));
      assert.deepEqual(ours, theirs);
    });

    test('its bytes can be parsed, and truncated or foreign bytes give an address or nothing', async () => {
      const room = await driverOf(name);
      for (const address of addresses) {
        const bytes = room.encode(address as never);
        assert.deepEqual(room.decode(bytes, bytes.length), address);
        for (let length = 0; length < bytes.length; length++) checkRead(room, bytes, length);
      }
      for (let round = 0; round < ROUNDS; round++) checkRead(room, bytesOf(next, LONGEST), next(LONGEST + 1));
    });

    test(`the registry of ${platform} parses it`, () => {
      const script = `
        const address = ${JSON.stringify(addresses[0])};
        const bytes = rooms.${name}.encode(address);
        const known = rooms.${name}.number > 0 && driverOf(constants.${constant}) === rooms.${name};
        return [known, familyNameOf(constants.${constant}), decodeAddress(bytes, bytes.length, rooms.${name})];`;
      assert.deepEqual(on(platform, script), [true, name, addresses[0]]);
    });

    test('creating such a socket here fails, and the error names the constant and the platform', {
      skip: process.platform === platform && `${platform} has them`,
    }, async () => {
      const expected = new RegExp(`\\b${constant}, which ${process.platform} does not have`);
      const tries = [
        () => new Socket(number, SOCK_DGRAM),
        () => Socket.adopt(0, { family: number }),
        () => new MessageBatch({ count: 1, size: 1, family: number }),
      ];
      for (const attempt of tries) {
        const error = await failureOf(attempt);
        assert.equal((error as Error).name, 'UnsupportedError');
        assert.match((error as Error).message, expected);
      }
      assert.equal(familyName(number), undefined);
    });
  });
}

function checkRead(room: FamilyDriver, bytes: Uint8Array, length: number): void {
  // Reads only the given length, because the memory behind it belongs to other data.
  const memory = new Uint8Array(bytes.length).fill(0xa5);
  memory.set(bytes.subarray(0, length));
  const address = room.decode(memory, length);
  if (address === undefined) return;
  const what = `${length} bytes of ${Buffer.from(bytes).toString('hex')}`;
  assert.ok(Object.isFrozen(address), what);
  assert.deepEqual(parseAddress(formatAddress(address)), address, what);
  const again = room.encode(address as never);
  assert.ok(isDeepStrictEqual(room.decode(again, again.length), address), what);
}
