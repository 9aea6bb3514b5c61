/**
 * A socket that is closed, detached or handed on while streams use it, and streams that end before they
 * start.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { describe, test } from 'node:test';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { close, type Socket, SocketError, socketpair, UnixDuplex } from 'berkeley';
import { MSG_PEEK, SHUT_WR } from 'berkeley/constants';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { failureOf } from '../support/failure.js';
import { notOnWindows } from '../support/kernel.js';
import { tcpPair } from './support.js';

await warmUp();

type AnySocket = Socket<'unix'> | Socket<'inet'>;

/** The operation that a stream performs when its socket is closed. */
const states: Readonly<Record<string, (stream: Duplex, peer: AnySocket) => void>> = {
  'that nobody reads': () => undefined,
  'that reads': stream => void stream.resume(),
  'that is paused, with data': (stream, peer) => {
    stream.once('data', () => stream.pause());
    peer.sendSync('data');
  },
  'that has seen its end': (stream, peer) => {
    stream.resume();
    peer.shutdown(SHUT_WR);
  },
  'that has ended its writable side': stream => {
    stream.resume();
    stream.end();
  },
  'whose write waits': stream => void stream.on('error', () => undefined).write(Buffer.alloc(1 << 24)),
};

const ways: Readonly<Record<string, (socket: AnySocket) => void>> = {
  closed: socket => socket.close(),
  detached: socket => close(socket.detach()),
  'closed with a file open': socket => {
    const file = (socket as Socket<'unix'>).makefile('rb');
    socket.close();
    file.closeSync();
  },
};

for (const [way, end] of Object.entries(ways)) {
  describe(`a socket that is ${way} ends a stream`, () => {
    for (const [state, prepare] of Object.entries(states)) {
      test(state, async () => {
        const before = countDescriptors();
        for (const [socket, peer] of [socketpair(), await tcpPair()]) {
          const stream: Duplex = socket.toDuplex({ allowHalfOpen: true });
          prepare(stream, peer);
          await delay(5);
          const closed = new Promise(resolve => stream.on('close', resolve));
          end(socket);
          await closed;
          assert.equal(stream.destroyed, true);
          peer.close();
        }
        await turn();
        assert.equal(countDescriptors(), before);
      });
    }
  });
}

test('closing the socket does not affect a stream that has ended and left it open', async () => {
  const [a, b] = socketpair();
  const stream = a.toDuplex({ keepOpen: true });
  stream.destroy();
  await once(stream, 'close');
  stream.destroy = () => assert.fail('the socket is the program’s again');
  a.close();
  b.close();
  await turn();
});

describe('a stream that leaves its socket open', () => {
  test('gives back data that has just arrived', async () => {
    for (let hops = 0; hops < 6; hops++) {
      const [a, b] = socketpair();
      const stream = a.toDuplex({ keepOpen: true });
      let received = '';
      stream.on('data', data => {
        received += data;
      });
      await turn();
      // The stream is destroyed in each microtask after its receive has completed.
      const beside = (async () => {
        await b.send('hello');
        await delay(1);
      })();
      await beside;
      for (let i = 0; i < hops; i++) await undefined;
      stream.destroy();
      await once(stream, 'close');
      if (received === '') received = String(a.recvSync(10, { timeout: 0 }));
      assert.equal(received, 'hello');
      a.close();
      b.close();
    }
  });

  const skip = notOnWindows('streams of AF_UNIX in pairs');
  test('gives back data whose descriptors made a listener destroy it', { skip }, async () => {
    const [a, b] = socketpair();
    const stream = a.toDuplex({ keepOpen: true });
    stream.on('fds', fds => {
      fds.forEach(close);
      stream.destroy();
    });
    stream.resume();
    await turn();
    b.sendFdsSync('two', [b]);
    await once(stream, 'close');
    assert.equal(String(a.recvSync(10, { timeout: 0 })), 'two');
    a.close();
    b.close();
  });

  test('gives back data that it received in the turn in which it is destroyed', async () => {
    const [a, b] = await tcpPair();
    b.sendSync('one');
    a.recvSync(10, { flags: MSG_PEEK, timeout: 5000 }); // waits until the data is there
    const stream = a.toDuplex({ keepOpen: true });
    const received: Buffer[] = [];
    stream.on('data', data => received.push(data));
    stream.read(0); // receives: the data is there
    stream.destroy();
    await once(stream, 'close');
    assert.deepEqual(received, []);
    assert.equal(String(a.recvSync(10, { timeout: 0 })), 'one');
    a.close();
    b.close();
  });
});

describe('web streams over a socket that is closed', () => {
  test('fail without a pending read or write', async () => {
    const [a, b] = socketpair();
    const { readable, writable } = a.toWeb();
    const [reader, writer] = [readable.getReader(), writable.getWriter()];
    await turn();
    a.close();
    for (const closed of [reader.closed, writer.closed]) {
      const error = (await failureOf(() => closed)) as SocketError;
      assert.ok(error instanceof SocketError);
      assert.equal(error.code, 'EBADF');
      assert.match(error.message, /the socket of the streams was closed/);
    }
    b.close();
  });

  test('do not fail when they have ended', async () => {
    const [a, b] = socketpair();
    const { readable, writable } = a.toWeb();
    const reader = readable.getReader();
    b.close();
    assert.equal((await reader.read()).done, true);
    await writable.close();
    assert.equal(a.closed, true);
    await reader.closed;
  });
});

describe('a stream whose signal is already aborted', () => {
  for (const [name, pair] of [
    ['Unix', socketpair],
    ['TCP', tcpPair],
  ] as const) {
    test(`is destroyed with its socket, ${name}`, async () => {
      const before = countDescriptors();
      const [a, b] = await pair();
      const reason = new Error('too late');
      const stream: Duplex = a.toDuplex({ signal: AbortSignal.abort(reason) });
      assert.equal(stream.destroyed, true);
      const [error] = await once(stream, 'error');
      assert.equal(error.name, 'AbortError');
      assert.equal(error.cause, reason);
      assert.equal(a.closed, true);
      b.close();
      assert.equal(countDescriptors(), before);
    });
  }
});

describe('refused options leave the socket unchanged:', () => {
  for (const options of [
    { keepOpen: 1 },
    { allowHalfOpen: 'no' },
    { signal: {} },
    { readableHighWaterMark: -1 },
    { writableHighWaterMark: 'x' },
    { read() {} },
    { objectMode: true },
    { encoding: 'utf8' },
    null,
    5,
  ] as never[]) {
    test(JSON.stringify(options) ?? 'nothing', () => {
      const [a, b] = socketpair();
      assert.throws(() => a.toDuplex(options), { code: /^ERR_INVALID_ARG_(TYPE|VALUE)$/ });
      b.sendSync('x');
      assert.equal(String(a.recvSync(1)), 'x');
      a.close();
      b.close();
    });
  }
});

describe('writeWithFds', { skip: notOnWindows('descriptors in messages') }, () => {
  test('closes its duplicates when write() throws', () => {
    const before = countDescriptors();
    const [a, b] = socketpair();
    const stream = a.toDuplex();
    assert.ok(stream instanceof UnixDuplex);
    stream.write = () => {
      throw new Error('no');
    };
    assert.throws(() => stream.writeWithFds('x', [0, 0]), /^Error: no$/);
    assert.throws(() => stream.writeWithFds('x', [0], 5 as never), { code: 'ERR_INVALID_ARG_TYPE' });
    assert.equal(countDescriptors(), before + 2);
    stream.destroy();
    b.close();
    assert.equal(countDescriptors(), before);
  });

  test('after the end closes them with the stream', async () => {
    const before = countDescriptors();
    const [a, b] = socketpair();
    const stream = a.toDuplex();
    stream.end();
    stream.writeWithFds('x', [0]);
    await once(stream, 'error');
    b.close();
    assert.equal(countDescriptors(), before);
  });
});
