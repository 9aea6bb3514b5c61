/** Invalid arguments for options, and constants of other platforms. */
import { test } from 'node:test';
import {
  AF_NDRV,
  AF_SYSTEM,
  LOCAL_PEERCRED,
  MSG_DONTWAIT,
  SO_EXCLUSIVEADDRUSE,
  SO_LINGER,
  SO_RCVBUF,
  SOL_SOCKET,
  Socket,
  socketpair,
} from 'berkeley';
import { warmUp } from '../support/descriptors.js';
import { assertRefused, type Refusal, wrong } from '../support/refusal.js';
import { untouched } from '../support/untouched.js';

await warmUp();

test('getsockopt refuses invalid arguments', () =>
  untouched(async ({ tcp }) => {
    const get = (level: unknown, name: unknown, size?: unknown) => () =>
      tcp.getsockopt(wrong(level), wrong(name), wrong(size));
    const refusals: Refusal[] = [
      ['a level', get('SOL_SOCKET', SO_RCVBUF), 'type', 'level'],
      ['no level', get(undefined, SO_RCVBUF), 'type', 'level'],
      ['half a level', get(0.5, SO_RCVBUF), 'range', 'level'],
      ['a name', get(SOL_SOCKET, 'SO_RCVBUF'), 'type', 'name'],
      ['no name', get(SOL_SOCKET, undefined), 'type', 'name'],
      ['half a name', get(SOL_SOCKET, 0.5), 'range', 'name'],
      ['a negative size', get(SOL_SOCKET, SO_RCVBUF, -1), 'range', 'size'],
      ['half a size', get(SOL_SOCKET, SO_RCVBUF, 1.5), 'range', 'size'],
      ['no number', get(SOL_SOCKET, SO_RCVBUF, '4'), 'type', 'size'],
      ['null', get(SOL_SOCKET, SO_RCVBUF, null), 'type', 'size'],
      ['gigabytes', get(SOL_SOCKET, SO_RCVBUF, 2 ** 31), 'range', 'size'],
    ];
    for (const refusal of refusals) await assertRefused(refusal);
  }));

test('setsockopt refuses invalid arguments', () =>
  untouched(async ({ tcp }) => {
    const set = (value: unknown, length?: unknown) => () =>
      tcp.setsockopt(SOL_SOCKET, SO_RCVBUF, wrong(value), wrong(length));
    const refusals: Refusal[] = [
      ['a level', () => tcp.setsockopt(wrong('1'), SO_RCVBUF, 1), 'type', 'level'],
      ['a name', () => tcp.setsockopt(SOL_SOCKET, wrong('8'), 1), 'type', 'name'],
      ['no value', set(undefined), 'type', 'value'],
      ['text', set('65536'), 'type', 'value'],
      ['an object', set({}), 'type', 'value'],
      ['a list', set([1]), 'type', 'value'],
      ['a big integer', set(1n), 'type', 'value'],
      ['more than 32 bits', set(2 ** 32), 'range', 'value'],
      ['less than 32 bits', set(-(2 ** 31) - 1), 'range', 'value'],
      ['a fraction', set(1.5), 'range', 'value'],
      ['not a number', set(Number.NaN), 'range', 'value'],
      ['null without a length', set(null), 'type', 'length'],
      ['null of a negative length', set(null, -1), 'range', 'length'],
      ['null of half a length', set(null, 0.5), 'range', 'length'],
      ['a value and a length', set(1, 4), 'type', 'value'],
      ['bytes and a length', set(new Uint8Array(4), 4), 'type', 'value'],
    ];
    for (const refusal of refusals) await assertRefused(refusal);
  }));

/** Constants of Windows and of macOS. */
const skip = process.platform === 'linux' ? false : 'these constants are there; run it on Linux';

test('constants that this platform lacks are never taken for a default', { skip }, () =>
  untouched(async ({ tcp, pair }) => {
    const constants = { AF_NDRV, AF_SYSTEM, LOCAL_PEERCRED, SO_EXCLUSIVEADDRUSE };
    const flag: number = LOCAL_PEERCRED; // any absent constant works here
    const refusals: [keyof typeof constants, () => unknown, string][] = [
      ['AF_NDRV', () => new Socket(AF_NDRV), 'family'],
      ['AF_SYSTEM', () => new Socket(wrong(AF_SYSTEM)), 'family'],
      ['AF_NDRV', () => socketpair(AF_NDRV), 'family'],
      ['LOCAL_PEERCRED', () => new Socket(undefined, flag), 'type'],
      ['LOCAL_PEERCRED', () => new Socket(undefined, undefined, flag), 'protocol'],
      ['SO_EXCLUSIVEADDRUSE', () => tcp.getsockopt(SOL_SOCKET, SO_EXCLUSIVEADDRUSE), 'name'],
      ['SO_EXCLUSIVEADDRUSE', () => tcp.setsockopt(SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 1), 'name'],
      ['LOCAL_PEERCRED', () => tcp.setsockopt(flag, SO_LINGER, 1), 'level'],
      ['LOCAL_PEERCRED', () => pair.recv(9, flag), 'flags'],
      ['LOCAL_PEERCRED', () => pair.recvSync(9, flag), 'flags'],
      ['LOCAL_PEERCRED', () => pair.send('x', flag), 'flags'],
      ['LOCAL_PEERCRED', () => pair.recv(9, { flags: flag }), 'options.flags'],
      ['LOCAL_PEERCRED', () => pair.sendtoSync('x', { path: '/nonexistent' }, flag), 'flags'],
      ['LOCAL_PEERCRED', () => Socket.adopt(pair.fd, { type: flag }), 'options.type'],
    ];
    for (const [name, call, argument] of refusals) {
      await assertRefused([name, call, 'absent', argument]);
      const named = await Promise.resolve()
        .then(call)
        .catch((error: Error) => error.message);
      if (!String(named).includes(`is ${name}, which linux does not have`)) throw new Error(String(named));
    }
    await assertRefused(['or-ed', () => pair.recv(9, flag | MSG_DONTWAIT), 'absent', 'flags']);
  }),
);
