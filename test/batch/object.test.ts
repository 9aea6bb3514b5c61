/** The MessageBatch object: what it accepts and refuses, and that its bounds are enforced. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AF_INET, AF_INET6, type BatchOptions, MessageBatch, Socket } from 'berkeley';
import { segment, ttl } from 'berkeley/control';
import { failureOf } from '../support/failure.js';
import { notOnWindows } from '../support/kernel.js';
import { LOCAL } from '../support/local.js';
import { faces, udpPair } from './kinds.js';

const to = Object.freeze({ host: '127.0.0.1', port: 9 });

async function refuses(action: () => unknown, code: string, about: RegExp): Promise<void> {
  const error = (await failureOf(action)) as Error & { code: string };
  assert.equal(error.code, code, error.message);
  assert.match(error.message, about);
}

const withoutSegments = notOnWindows('UDP_SEGMENT');

describe('creating a batch', () => {
  const bad: [options: unknown, code: string, about: RegExp][] = [
    [undefined, 'ERR_INVALID_ARG_TYPE', /"options"/],
    [{ size: 1 }, 'ERR_INVALID_ARG_TYPE', /"options.count"/],
    [{ count: 1 }, 'ERR_INVALID_ARG_TYPE', /"options.size"/],
    [{ count: 0, size: 1 }, 'ERR_OUT_OF_RANGE', /"options.count".*>= 1 && <= 1024/],
    [{ count: 1025, size: 1 }, 'ERR_OUT_OF_RANGE', /"options.count"/],
    [{ count: 1.5, size: 1 }, 'ERR_OUT_OF_RANGE', /integer/],
    [{ count: 1, size: 0 }, 'ERR_OUT_OF_RANGE', /"options.size"/],
    [{ count: 1, size: -1 }, 'ERR_OUT_OF_RANGE', /"options.size"/],
    [{ count: 1, size: Number.NaN }, 'ERR_OUT_OF_RANGE', /"options.size"/],
    [{ count: 1024, size: 2 ** 22 }, 'ERR_OUT_OF_RANGE', /"options.size"/],
    [{ count: 1, size: 1, controlSize: -1 }, 'ERR_OUT_OF_RANGE', /"options.controlSize"/],
    [{ count: 1, size: 1, controlSize: '8' }, 'ERR_INVALID_ARG_TYPE', /"options.controlSize"/],
    [{ count: 1, size: 1, family: 'inet' }, 'ERR_INVALID_ARG_TYPE', /"options.family"/],
    [{ count: 1, size: 1, oneByOne: 1 }, 'ERR_INVALID_ARG_TYPE', /"options.oneByOne"/],
  ];
  for (const [options, code, about] of bad) {
    test(`${JSON.stringify(options)} is refused`, () =>
      refuses(() => new MessageBatch(options as BatchOptions), code, about));
  }

  test('it reports the options that it was created with', () => {
    const batch = new MessageBatch({ count: 3, size: 5, controlSize: 7, family: AF_INET6 });
    assert.deepEqual([batch.count, batch.size, batch.controlSize, batch.family], [3, 5, 7, AF_INET6]);
    assert.deepEqual([batch.length, batch.sent, batch.oneByOne], [0, 0, false]);
  });
});

describe('filling a batch', () => {
  test('push appends messages, set replaces them, clear removes them', () => {
    const batch = new MessageBatch({ count: 2, size: 8 });
    assert.equal(batch.push('one', to), 0);
    assert.equal(batch.push(new Uint8Array([1, 2, 3])), 1);
    assert.deepEqual(batch.address(0), { family: 'inet', ...to });
    assert.equal(batch.address(1), null);
    assert.deepEqual(batch.data(1), Buffer.from([1, 2, 3]));
    batch.set(0, 'another');
    assert.deepEqual([batch.data(0).toString(), batch.address(0)], ['another', null]);
    batch.clear();
    assert.equal(batch.length, 0);
    batch.set(0, new DataView(new ArrayBuffer(8), 3));
    assert.deepEqual(batch.data(0), Buffer.alloc(5));
  });

  test('an address that changes between pushes is encoded again', () => {
    const batch = new MessageBatch({ count: 3, size: 1 });
    const address = { host: '127.0.0.1', port: 1 };
    batch.push('a', address);
    address.port = 2;
    batch.push('b', address);
    assert.deepEqual([batch.address(0)?.port, batch.address(1)?.port], [1, 2]);
  });

  test('a message that does not fit is refused, and the batch is unchanged', {
    skip: withoutSegments,
  }, async () => {
    const batch = new MessageBatch({ count: 1, size: 4, controlSize: 24 });
    await refuses(() => batch.push('12345'), 'ERR_OUT_OF_RANGE', /"data.length".*<= 4/);
    await refuses(() => batch.push('1', to, [ttl(1), ttl(2)]), 'ERR_OUT_OF_RANGE', /controlSize.*48/);
    batch.push('1', to, { control: [ttl(1)], segmentSize: 1 }); // one segment needs no control message
    batch.clear();
    await refuses(
      () => batch.push('12', to, { control: [ttl(1)], segmentSize: 1 }),
      'ERR_OUT_OF_RANGE',
      /48/,
    );
    await refuses(() => batch.push(5 as never), 'ERR_INVALID_ARG_TYPE', /"data"/);
    await refuses(() => batch.push('1', 'x' as never), 'ERR_INVALID_ARG_TYPE', /"address"/);
    await refuses(() => batch.push('1', { host: 'localhost', port: 1 }), 'ERR_INVALID_ARG_VALUE', /numeric/);
    await refuses(() => batch.push('1', { host: '::1', port: 1 }), 'ERR_INVALID_ARG_VALUE', /host/);
    await refuses(
      () => batch.push('1', { family: 'unix', path: '/' } as never),
      'ERR_INVALID_ARG_VALUE',
      /inet/,
    );
    await refuses(() => batch.push('1', to, 5 as never), 'ERR_INVALID_ARG_TYPE', /"extras"/);
    await refuses(() => batch.set(1, '1'), 'ERR_OUT_OF_RANGE', /"i"/);
    assert.equal(batch.length, 0);
    batch.push('1234');
    await refuses(() => batch.push('1'), 'ERR_INVALID_STATE', /full.*1 message/);
  });

  test('segments respect the limits of the kernel', { skip: withoutSegments }, async () => {
    const big = new MessageBatch({ count: 1, size: 70_000, controlSize: segment.space });
    const push = (length: number, segmentSize: number) => () => {
      big.clear();
      big.push(Buffer.alloc(length), to, { segmentSize });
    };
    for (const size of [0, -1, 65_508, 1.5, Number.NaN]) {
      await refuses(push(10, size), 'ERR_OUT_OF_RANGE', /"extras\.segmentSize"/);
    }
    await refuses(push(10, '1' as never), 'ERR_INVALID_ARG_TYPE', /"extras\.segmentSize"/);
    await refuses(push(1290, 10), 'ERR_OUT_OF_RANGE', /<= 1280 .*128 segments/);
    await refuses(push(65_508, 1000), 'ERR_OUT_OF_RANGE', /65507 bytes/);
    push(1280, 10)();
    push(65_507, 1000)();
    const six = new MessageBatch({ count: 1, size: 70_000, controlSize: 24, family: AF_INET6 });
    six.push(Buffer.alloc(65_527), null, { segmentSize: 1000 });
    assert.equal(six.segmentSize(0), 1000);
    assert.equal(six.segments(0).length, 66);
  });
});

describe('reading a batch', () => {
  test('only existing messages can be read', async () => {
    const batch = new MessageBatch({ count: 4, size: 4 });
    const readers = ['data', 'address', 'flags', 'control', 'bytesRead', 'segments', 'segmentSize'] as const;
    for (const reader of readers) await refuses(() => batch[reader](0), 'ERR_OUT_OF_RANGE', /there are none/);
    batch.push('1');
    for (const i of [-1, 1, 4, 0.5, Number.NaN, 2 ** 32]) {
      for (const reader of readers) await refuses(() => batch[reader](i), 'ERR_OUT_OF_RANGE', /"i"/);
    }
    await refuses(() => batch.data('0' as never), 'ERR_INVALID_ARG_TYPE', /"i"/);
  });

  test('data is one view, which is reused while the length is the same', () => {
    const batch = new MessageBatch({ count: 2, size: 4 });
    batch.push('abc');
    const view = batch.data(0);
    batch.set(0, 'xyz');
    assert.equal(batch.data(0), view);
    assert.equal(view.toString(), 'xyz');
    batch.set(0, 'four');
    assert.equal(batch.data(0).toString(), 'four');
  });
});

describe('calls refuse other objects', () => {
  for (const face of faces) {
    test(face.name, async () => {
      using socket = new Socket(AF_INET, 2);
      for (const batch of [undefined, null, {}, [], new Uint8Array(8)]) {
        for (const call of [face.recvmmsg, face.sendmmsg]) {
          await refuses(
            () => call(socket as never, batch as never),
            'ERR_INVALID_ARG_TYPE',
            /"batch".*MessageBatch/,
          );
        }
      }
      const batch = new MessageBatch<'unix' | 'inet' | 'inet6'>({
        count: 1,
        size: 1,
        family: LOCAL as never,
      });
      for (const flags of [1.5, 2 ** 40]) {
        await refuses(() => face.recvmmsg(socket as never, batch, flags), 'ERR_OUT_OF_RANGE', /"flags"/);
        await refuses(() => face.sendmmsg(socket as never, batch, flags), 'ERR_OUT_OF_RANGE', /"flags"/);
      }
      assert.equal(await face.sendmmsg(socket as never, batch), 0, 'an empty batch is sent at once');
      batch.push('x');
      batch.clear(); // it can be used again
    });
  }
});

describe('detached memory', () => {
  function transferred(): MessageBatch {
    const batch = new MessageBatch({ count: 2, size: 8 });
    batch.push('here', to);
    const { buffer } = batch.data(0);
    structuredClone(buffer, { transfer: [buffer as ArrayBuffer] });
    return batch;
  }

  for (const face of faces) {
    test(`is not used by any call (${face.name})`, async () => {
      const batch = transferred() as never;
      const [a, b] = udpPair();
      await refuses(() => face.recvmmsg(a as never, batch), 'ERR_INVALID_STATE', /transferred/);
      await refuses(() => face.sendmmsg(a as never, batch), 'ERR_INVALID_STATE', /transferred/);
      a.close();
      b.close();
    });
  }

  test('is neither read nor filled', async () => {
    const batch = transferred();
    await refuses(() => batch.data(0), 'ERR_INVALID_STATE', /transferred/);
    await refuses(() => batch.push('x'), 'ERR_INVALID_STATE', /transferred/);
  });

  for (const oneByOne of [false, true]) {
    test(`is not used if it is detached during a wait (${oneByOne ? 'one message a call' : 'many'})`, async () => {
      const [a, b] = udpPair();
      const batch = new MessageBatch({ count: 2, size: 8, oneByOne });
      batch.push('x');
      const { buffer } = batch.data(0);
      const waiting = a.recvmmsg(batch);
      structuredClone(buffer, { transfer: [buffer as ArrayBuffer] });
      b.sendtoSync('hello', a.getsockname());
      await refuses(() => waiting, 'ERR_INVALID_STATE', /transferred/);
      assert.equal(a.recvSync(8).toString(), 'hello', 'nothing was lost');
      a.close();
      b.close();
    });
  }
});
