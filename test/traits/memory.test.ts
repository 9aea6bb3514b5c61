/**
 * The caller's memory can be detached or shrunk while a call waits. The call must then neither write to it
 * nor read from it.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { AF_INET, MSG_WAITALL, SOCK_DGRAM, Socket, socketpair } from 'berkeley';
import { warmUp } from '../support/descriptors.js';
import { failureOf } from '../support/failure.js';
import { onWindows } from '../support/local.js';

await warmUp();

type Receive = (socket: Socket<'unix'>, memory: Uint8Array) => Promise<unknown>;

const receives: [string, string, Receive][] = [
  ['recvInto', 'buffer', (socket, memory) => socket.recvInto(memory)],
  ['recvInto with MSG_WAITALL', 'buffer', (socket, memory) => socket.recvInto(memory, MSG_WAITALL)],
  ['recvfromInto', 'buffer', (socket, memory) => socket.recvfromInto(memory)],
  ['recvmsgInto', 'buffers', (socket, memory) => socket.recvmsgInto([memory])],
];

interface Resizable extends ArrayBuffer {
  resize(length: number): void;
}

/** ES2024: Node.js 20 has it, but the `lib` that we compile with does not declare it. */
function resizable(): Resizable {
  const Constructor = ArrayBuffer as unknown as new (length: number, options: object) => Resizable;
  return new Constructor(16, { maxByteLength: 32 });
}

const losses: [string, () => { memory: Uint8Array; lose(): void }][] = [
  [
    'was transferred away',
    () => {
      const memory = new Uint8Array(16);
      return { memory, lose: () => structuredClone(memory, { transfer: [memory.buffer] }) };
    },
  ],
  [
    'shrank',
    () => {
      const buffer = resizable();
      return { memory: new Uint8Array(buffer), lose: () => buffer.resize(4) };
    },
  ],
  [
    'grew',
    () => {
      const buffer = resizable();
      return { memory: new Uint8Array(buffer), lose: () => buffer.resize(32) };
    },
  ],
];

async function assertInvalidState(failing: Promise<unknown>, argument: string): Promise<void> {
  const error = (await failing) as Error & { code?: string };
  assert.equal(error.code, 'ERR_INVALID_STATE', String(error));
  assert.ok(error.message.includes(`"${argument}`), error.message);
}

for (const [name, argument, receive] of receives) {
  describe(name, () => {
    for (const [what, make] of losses) {
      test(`fails when its memory ${what} meanwhile, and receives nothing`, { timeout: 5000 }, async () => {
        const [a, b] = socketpair();
        using one = a;
        using other = b;
        const { memory, lose } = make();
        const failing = failureOf(() => receive(one, memory));
        await turn();
        lose();
        await other.send('still here');
        await assertInvalidState(failing, argument);
        assert.equal((await one.recv(99)).toString(), 'still here');
      });
    }
  });
}

test('a call behind one whose memory was detached is served', { timeout: 5000 }, async () => {
  const [a, b] = socketpair();
  using one = a;
  using other = b;
  const { memory, lose } = losses[0]![1]();
  const failing = failureOf(() => one.recvInto(memory));
  const next = one.recv(99);
  await turn();
  lose();
  await other.send('for the next');
  await assertInvalidState(failing, 'buffer');
  assert.equal((await next).toString(), 'for the next');
});

describe('a send to a host name fails when its data is transferred meanwhile', () => {
  const address = { host: 'localhost', port: 9 };
  const sends: [string, string, (socket: Socket, data: Uint8Array) => Promise<unknown>][] = [
    ['sendto', 'data', (socket, data) => socket.sendto(data, address)],
    ['sendmsg', 'message.data', (socket, data) => socket.sendmsg({ data, address })],
    ['sendSegments', 'data', (socket, data) => socket.sendSegments(data, 8, { address })],
  ];
  for (const [name, argument, send] of sends) {
    const skip = onWindows && name === 'sendSegments' && 'Windows has no UDP_SEGMENT';
    test(name, { skip, timeout: 5000 }, async () => {
      using socket = new Socket(AF_INET, SOCK_DGRAM);
      const data = new Uint8Array(16);
      const failing = failureOf(() => send(socket, data));
      structuredClone(data, { transfer: [data.buffer] });
      await assertInvalidState(failing, argument);
    });
  }
});

test('sendAll fails when its data is transferred between two sends', { timeout: 5000 }, async () => {
  const [a, b] = socketpair();
  using one = a;
  using other = b;
  const data = new Uint8Array(2 ** 22);
  const failing = failureOf(() => one.sendAll(data));
  await turn();
  structuredClone(data, { transfer: [data.buffer] });
  const draining = (async () => {
    for await (const _ of other.chunks());
  })();
  await assertInvalidState(failing, 'data');
  one.close();
  await draining;
});
