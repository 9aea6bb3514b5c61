/** The addon without the package: its checks of memory and lengths that the package would not pass. */
import assert from 'node:assert/strict';
import { fstatSync } from 'node:fs';
import { endianness } from 'node:os';
import { describe, test } from 'node:test';
import { startChild } from '../support/child.js';
import { open, RIGHTS, rights } from './instance.js';

const [EBADF, EAGAIN, EFAULT, EINVAL, EALREADY] = [-9, -11, -14, -22, -114];
const [AF_UNIX, SOCK_DGRAM, SOL_SOCKET, SO_RCVBUF, MSG_DONTWAIT] = [1, 2, 1, 8, 0x40];
const POLLIN = 1;

const binding = open();
const words = new Int32Array(binding.memory);

function pair(): [number, number] {
  assert.equal(binding.socketpair(AF_UNIX, SOCK_DGRAM, 0), 0);
  return [words[0]!, words[1]!];
}

function detached(): Uint8Array {
  const memory = new Uint8Array(8);
  structuredClone(memory.buffer, { transfer: [memory.buffer] });
  return memory;
}

/** Claims 8 bytes, but has 2. */
function misleading(): Uint8Array {
  const memory = Uint8Array.from([1, 2]);
  for (const name of ['length', 'byteLength']) Object.defineProperty(memory, name, { value: 8 });
  return memory;
}

const [near, far] = pair();
const notMemory = [detached(), new Uint16Array(4), [1, 2], null, undefined] as Uint8Array[];

describe('the addon checks', () => {
  test('memory that is detached, or absent', () => {
    for (const memory of notMemory) {
      assert.equal(binding.send(near, memory, 0), EFAULT);
      assert.equal(binding.sendto(near, memory, 0, new Uint8Array(2)), EFAULT);
      assert.equal(binding.recv(far, memory, MSG_DONTWAIT), EFAULT);
      assert.equal(binding.recvfrom(far, memory, MSG_DONTWAIT), EFAULT);
      assert.equal(binding.sendmsg(near, [new Uint8Array(1), memory], null, 0, null), EFAULT);
      assert.equal(binding.recvmsg(far, [new Uint8Array(1), memory], null, MSG_DONTWAIT), EFAULT);
      assert.equal(binding.read(far, memory, -1), EFAULT);
    }
    assert.equal(binding.sendmsg(near, 5 as never, null, 0, null), EFAULT);
    assert.equal(binding.recv(far, new Uint8Array(1), MSG_DONTWAIT), EAGAIN); // nothing was sent
  });

  test('the length of memory, whatever its `length` property says', () => {
    assert.equal(binding.send(near, misleading(), 0), 2);
    assert.equal(binding.sendmsg(near, [misleading(), misleading()], null, 0, null), 4);
    assert.equal(binding.recv(far, misleading(), 0), 2);
    assert.equal(binding.recvmsg(far, [misleading()], null, 0), 2);
    assert.equal(binding.send(near, new Uint8Array(0), 0), 0);
    assert.equal(binding.recv(far, new Uint8Array(new SharedArrayBuffer(0)), 0), 0);
  });

  test('an array whose getter detaches memory that was read before', () => {
    const first = new Uint8Array(1 << 16);
    const buffers = [first, new Uint8Array(1)];
    Object.defineProperty(buffers, 1, {
      get() {
        structuredClone(first.buffer, { transfer: [first.buffer] });
        return new Uint8Array(1);
      },
    });
    assert.equal(binding.sendmsg(near, buffers, null, 0, null), EFAULT);
    Object.defineProperty(buffers, 0, {
      get() {
        throw new RangeError('from the getter');
      },
    });
    assert.throws(() => binding.sendmsg(near, buffers, null, 0, null), /from the getter/);
  });

  test('lengths of options', () => {
    const set = (value: Uint8Array | null, length: number) =>
      binding.setsockopt(near, SOL_SOCKET, SO_RCVBUF, value, length);
    const four = new Uint8Array(Int32Array.of(4096).buffer);
    assert.equal(set(four, 4), 0);
    assert.equal(set(four, 5), EFAULT);
    assert.equal(set(four, -1), EINVAL);
    assert.equal(set(detached(), 0), EFAULT);
    assert.equal(set(undefined as never, 4), EFAULT);
    assert.equal(set(null, 4), EFAULT); // from the kernel, which gets NULL, as setsockopt(2) allows
  });

  test('slabs of batches', () => {
    const name = binding.batchNameSize;
    const ROW = 20; // five words: struct bk_batch_row in native/core/platform.h
    const slabs = (data: number, names: number, controls: number, rows: number) =>
      [data, names, controls, rows].map(size => new Uint8Array(size)) as [
        Uint8Array,
        Uint8Array,
        Uint8Array,
        Uint8Array,
      ];
    const receive = (memory: ReturnType<typeof slabs>, count: number) =>
      binding.recvmmsg(far, ...memory, 100, 10, count, MSG_DONTWAIT);
    assert.equal(receive(slabs(200, 2 * name, 20, 2 * ROW), 2), EAGAIN);
    assert.equal(receive(slabs(200, 2 * name, 20, 2 * ROW), 3), EFAULT);
    for (const short of [slabs(199, 2 * name, 20, 2 * ROW), slabs(200, 2 * name - 1, 20, 2 * ROW)])
      assert.equal(receive(short, 2), EFAULT);
    for (const short of [slabs(200, 2 * name, 19, 2 * ROW), slabs(200, 2 * name, 20, 2 * ROW - 1)])
      assert.equal(receive(short, 2), EFAULT);
    const memory = slabs(200, 2 * name, 20, 2 * ROW);
    Object.defineProperty(memory[0], 'length', { value: 60_000 });
    const rows = new Int32Array(memory[3].buffer);
    rows[0] = 30_000;
    assert.equal(binding.sendmmsg(near, ...memory, 100, 10, 0, 1, 0), EFAULT);
    assert.equal(binding.sendmmsg(near, ...memory, 30_000, 10, 0, 2, 0), EFAULT);
    rows[0] = 100;
    assert.equal(binding.sendmmsg(near, ...memory, 100, 10, 0, 2, 0), 2);
    assert.equal(receive(memory, 2), 2);
    assert.equal(binding.sendmmsg(near, ...memory, 100, 10, -1, 2, 0), EINVAL);
  });

  test('the alignment of numbers', () => {
    const odd = new Uint8Array(new ArrayBuffer(64), 1);
    assert.equal(binding.poll(odd, 0), EINVAL);
    const poller = binding.pollerNew();
    assert.equal(binding.pollerCollect(poller, odd), EINVAL);
    assert.equal(binding.close(poller), 0);
  });
});

describe('the addon owns descriptors', () => {
  const isOpen = (fd: number): boolean => {
    try {
      return fstatSync(fd) !== undefined;
    } catch {
      return false;
    }
  };

  test('only if they are open', () => {
    assert.equal(binding.own(-1), EBADF);
    assert.equal(binding.own(0x7fffffff), EBADF);
    assert.equal(binding.own(near), 0);
    assert.equal(binding.disown(0x7fffffff), 0);
  });

  test('and a process can exit with some of them open', async () => {
    const program = new URL('./leaving.js', import.meta.url);
    const { code, signal, stdout, stderr } = await startChild(program).ended;
    assert.deepEqual([code, signal, stdout], [0, null, 'left\n'], stderr);
  });

  test('including those that arrived in a message', () => {
    assert.equal(binding.sendmsg(near, [Buffer.from('x')], rights([near]), 0, null), 1);
    const control = new Uint8Array(64);
    assert.equal(binding.recvmsg(far, [Buffer.alloc(1)], control, 0), 1);
    const fd = new DataView(control.buffer).getInt32(RIGHTS, endianness() === 'LE');
    assert.ok(isOpen(fd));
    assert.equal(binding.close(fd), 0);
    assert.equal(isOpen(fd), false);
    assert.equal(binding.close(fd), EBADF);
  });
});

describe('the wake-up', () => {
  test('is opened once per instance', () => {
    const instance = open();
    const poller = instance.pollerOpen(() => {}, 1);
    assert.ok(poller > 0);
    assert.equal(
      instance.pollerOpen(() => {}, 1),
      EALREADY,
    );
  });

  test('of two instances in one thread wakes each of them', async () => {
    const woken = await Promise.all(
      [0, 1].map(kind => {
        const instance = open();
        const [a, b] = pair();
        return new Promise<number[]>(resolve => {
          const poller = instance.pollerOpen(count => {
            const events = new Int32Array(instance.memory, instance.eventsOffset);
            instance.pollerHold(0);
            for (const fd of [a, b]) binding.close(fd);
            resolve([count, events[0]!]);
          }, kind);
          instance.pollerAdd(poller, a, 70 + kind, POLLIN);
          instance.pollerHold(1);
          instance.pollerArm();
          binding.send(b, Buffer.from('x'), 0);
        });
      }),
    );
    assert.deepEqual(woken, [
      [1, 70],
      [1, 71],
    ]);
  });

  test('reports a failure once, and does not spin', async () => {
    const program = new URL('./failing-poller.js', import.meta.url);
    const { code, stdout, stderr } = await startChild(program).ended;
    assert.deepEqual([code, stdout], [0, `[${EBADF}]\n`], stderr);
  });
});
