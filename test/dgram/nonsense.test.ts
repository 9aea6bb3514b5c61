/** Invalid arguments: every method throws what `node:dgram` throws, or is in the list of differences with a reason. */
import assert from 'node:assert/strict';
import * as nodeDgram from 'node:dgram';
import { once } from 'node:events';
import { after, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import * as ours from 'berkeley/dgram';
import { type Any, type Dgram, describe as describeError } from './lab.js';

const values: readonly unknown[] = [
  ...[undefined, null, true, false, 0, 1, -1, 1.5, 65_536, 2 ** 40, Number.NaN, 10n],
  ...['', 'x', '1', '127.0.0.1', '::1'],
  ...[{}, [], [1], Buffer.alloc(2), new Map(), Symbol.iterator, Object.create(null)],
];

/** Valid arguments of each method, which are replaced one by one. */
const methods: Readonly<Record<string, readonly unknown[]>> = {
  send: ['ab', 9, '127.0.0.1'],
  'send ': ['abc', 0, 1, 9, '127.0.0.1'],
  sendto: ['abc', 0, 1, 9, '127.0.0.1'],
  connect: [9, '127.0.0.1'],
  addMembership: ['239.1.2.3', '127.0.0.1'],
  dropMembership: ['239.1.2.3', '127.0.0.1'],
  addSourceSpecificMembership: ['127.0.0.1', '232.1.2.3', '127.0.0.1'],
  dropSourceSpecificMembership: ['127.0.0.1', '232.1.2.3', '127.0.0.1'],
  setBroadcast: [true],
  setTTL: [1],
  setMulticastTTL: [1],
  setMulticastLoopback: [true],
  setMulticastInterface: ['127.0.0.1'],
  setRecvBufferSize: [8192],
  setSendBufferSize: [8192],
};

/** What `berkeley/dgram` accepts or rejects differently, and why. */
const differences: readonly { readonly call: RegExp; readonly why: string }[] = [
  {
    call: /(add|drop)Membership\[1\]|SpecificMembership\[2\]/,
    why: 'interfaces can be names, indexes and arrays',
  },
  { call: /setMulticastInterface\[0\] = (-?[\d.e+]+|NaN|'.*')$/, why: 'interfaces can be names and indexes' },
  {
    call: /dropMembership\[0\] = ('127\.0\.0\.1'|'::1')/,
    why: 'an address that is not of a group is EINVAL, always',
  },
  { call: /addMembership\[0\] = '::1'/, why: 'an address that is not of a group is EINVAL, always' },
  {
    call: /(SourceSpecific)?Membership\[0\] = (Symbol|\[Object: null)/,
    why: 'Node.js converts the value in C++',
  },
  { call: /send\[(1|2)\] = 10n/, why: 'Node.js throws a TypeError of the engine' },
];

async function bound(dgram: Dgram): Promise<Any> {
  const socket = dgram.createSocket('udp4');
  socket.on('error', () => {});
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

async function outcome(dgram: Dgram, method: string, given: readonly unknown[]): Promise<unknown> {
  const socket = await bound(dgram);
  try {
    socket[method.trim()](...given);
    return 'nothing was thrown';
  } catch (error) {
    const { kind, code, message } = describeError(error) as { kind: string; code: string; message: string };
    return { kind, code, message };
  } finally {
    socket.close();
  }
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value).replaceAll('"', "'");
  if (typeof value === 'symbol') return 'Symbol';
  if (typeof value === 'bigint') return `${value}n`;
  try {
    return Array.isArray(value) ? `[${value}]` : `${value as string}`;
  } catch {
    return '[Object: null prototype]';
  }
}

describe('invalid arguments', { timeout: 120_000 }, () => {
  process.setMaxListeners(0);
  after(() => pause(1));

  for (const [method, valid] of Object.entries(methods)) {
    test(`of ${method.trim()}(${valid.length} arguments)`, async () => {
      for (const [i] of valid.entries()) {
        for (const value of values) {
          const call = `${method.trim()}[${i}] = ${shown(value)}`;
          if (differences.some(each => each.call.test(call))) continue;
          const given = valid.map((each, k) => (k === i ? value : each));
          const theirs = await outcome(nodeDgram as unknown as Dgram, method, given);
          assert.deepEqual(await outcome(ours as unknown as Dgram, method, given), theirs, call);
        }
      }
    });
  }
});
