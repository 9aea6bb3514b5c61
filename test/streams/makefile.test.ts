/**
 * What files over sockets do beyond Python's: they wait without blocking, and lose no data when a call is
 * aborted or times out.
 */
import assert from 'node:assert/strict';
import { EOL } from 'node:os';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import {
  BrokenPipeError,
  ConnectionResetError,
  close,
  SHUT_WR,
  SO_LINGER,
  SOL_SOCKET,
  type Socket,
  SocketError,
  socketpair,
  TimeoutError,
} from 'berkeley';
import { assertSame, pattern } from '../support/bytes.js';
import { warmUp } from '../support/descriptors.js';
import { failsWith, failureOf } from '../support/failure.js';
import { onWindows } from '../support/local.js';
import { startPeer } from '../support/peer.js';
import { MEBIBYTE, tcpPair, withoutResets } from './support.js';

/** More bytes than a TCP connection accepts that nobody reads. */
const MORE_THAN_FITS = (onWindows ? 32 : 4) * MEBIBYTE;

await warmUp(); // a limit of time does not include the start of the peer's thread

/** The data that has arrived. */
function arrived(socket: Socket<'unix'>): string {
  socket.timeout = 0;
  try {
    return String(socket.recvSync(1 << 20));
  } catch (error) {
    if (error instanceof SocketError && error.code === 'EAGAIN') return '';
    throw error;
  }
}

function pair(): [Socket<'unix'>, Socket<'unix'>] & Disposable {
  const [a, b] = socketpair();
  // Not with their own close(), which would leave the descriptors to the open files.
  const dispose = (): void => {
    for (const fd of [a.detach(), b.detach()]) if (fd >= 0) close(fd);
  };
  return Object.assign([a, b] as [Socket<'unix'>, Socket<'unix'>], { [Symbol.dispose]: dispose });
}

describe('written data is sent', () => {
  test('at flush, when the buffer is full, and at close', async () => {
    using ends = pair();
    const file = ends[0].makefile('w', { buffering: 10 });
    await file.write('12345');
    assert.equal(arrived(ends[1]), '');
    await file.flush();
    assert.equal(arrived(ends[1]), '12345');
    await file.write('123456789');
    assert.equal(arrived(ends[1]), '');
    file.writeSync('0');
    assert.equal(arrived(ends[1]), '1234567890');
    file.writeSync('end');
    file.closeSync();
    assert.equal(arrived(ends[1]), 'end');
  });

  test('at the end of a line if the file is line-buffered', async () => {
    using ends = pair();
    const file = ends[0].makefile('w', { buffering: 1 });
    await file.write('a');
    assert.equal(arrived(ends[1]), '');
    await file.write('b\nc');
    assert.equal(arrived(ends[1]), `ab${EOL}c`, 'as in Python, a line ends as in the files of the system');
    file.writeSync('\r');
    assert.equal(arrived(ends[1]), '\r');
    await file.writelines(['d', 'e\n', 'f']);
    assert.equal(arrived(ends[1]), `de${EOL}f`);
    await file.close();
  });

  test('with the content that it had at the call', async () => {
    using ends = pair();
    const file = ends[0].makefile('wb');
    const bytes = Buffer.from('before');
    const writing = file.write(bytes);
    bytes.fill('x');
    await writing;
    await file.write(new Uint16Array([0x4142]));
    await file.write(' and text');
    await file.close();
    assert.equal(arrived(ends[1]), 'beforeBA and text');
  });

  test('in the order of the calls, with any amount of data', async () => {
    using ends = pair();
    const file = ends[0].makefile('wb');
    const data = pattern(8 * MEBIBYTE);
    const receiving = ends[1].makefile('rb').read();
    const writes: Promise<number>[] = [];
    for (let at = 0; at < data.length; at += 99_999) writes.push(file.write(data.subarray(at, at + 99_999)));
    await Promise.all(writes);
    await file.close();
    ends[0].shutdown(SHUT_WR);
    assertSame(await receiving, data);
  });
});

test('many small pieces that were written during a wait are sent in linear time', async () => {
  using ends = pair();
  const file = ends[0].makefile('wb');
  const data = pattern(MEBIBYTE);
  const writes: Promise<number>[] = [];
  for (let at = 0; at < data.length; at += 4) writes.push(file.write(data.subarray(at, at + 4)));
  const received = await ends[1].makefile('rb').read(data.length - 8192);
  await Promise.all(writes);
  await file.flush();
  assertSame(received, data.subarray(0, received.length));
});

test('without a buffer, the rest of a call that timed out is sent before the next call', async () => {
  using ends = pair();
  const file = ends[0].makefile('wb', { buffering: 0 });
  const data = pattern(MORE_THAN_FITS);
  await failsWith(() => file.writelines([data], { timeout: 20 }), TimeoutError, 'ETIMEDOUT', 'sendmsg');
  const writing = file.write('next');
  const reading = ends[1].makefile('rb').read(data.length + 4);
  assert.equal(await writing, 4);
  assertSame(await reading, Buffer.concat([data, Buffer.from('next')]));
});

describe('a read that fails early', () => {
  test('has the limit of the file, unless the call has its own', async () => {
    using ends = pair();
    const file = ends[0].makefile('rwb', { timeout: 20, buffering: 4 });
    const limitOf = async (call: () => unknown) => ((await failureOf(call)) as TimeoutError).timeout;
    assert.equal(await limitOf(() => file.read(1)), 20);
    assert.equal(await limitOf(() => file.readline({ timeout: 10 })), 10);
    assert.equal(await limitOf(() => file.readSync(1)), 20);
    assert.equal(await limitOf(() => file.readSync({ size: 1, timeout: 10 })), 10);
    const full = Buffer.alloc(MORE_THAN_FITS);
    assert.equal(await limitOf(() => file.write(full)), 20);
    assert.equal(await limitOf(() => file.flush()), 20);
    assert.equal(await limitOf(() => file.flushSync()), 20);
    const waiting = file.read({ size: 1, timeout: null });
    await ends[1].send('x');
    assert.equal(String(await waiting), 'x');
    assert.throws(() => ends[0].makefile('rb', { timeout: -1 }), {
      code: 'ERR_OUT_OF_RANGE',
      message: /timeout/,
    });
    await file.close().catch(() => {}); // the rest cannot be sent
  });

  test('with a timeout leaves its data to the next read', async () => {
    using ends = pair();
    const file = ends[0].makefile('r');
    ends[1].sendSync('half a li');
    await failsWith(() => file.readline({ timeout: 20 }), TimeoutError, 'ETIMEDOUT', 'recv');
    await failsWith(() => file.read({ size: 100, timeout: 20 }), TimeoutError, 'ETIMEDOUT', 'recv');
    ends[1].sendSync('ne\n');
    assert.equal(await file.readline(), 'half a line\n');
  });

  test('with an abort leaves its data to the next read', async () => {
    using ends = pair();
    const file = ends[0].makefile('rb');
    const controller = new AbortController();
    const reading = file.read({ size: 10, signal: controller.signal });
    ends[1].sendSync('12345');
    await turn();
    await turn();
    controller.abort(new Error('enough'));
    await assert.rejects(reading, /enough/);
    await assert.rejects(file.read({ size: 1, signal: controller.signal }), /enough/);
    assert.equal(String(await file.read(5)), '12345');
  });

  test('leaves data to the next read that needs less', async () => {
    using ends = pair();
    const file = ends[0].makefile('rb');
    const controller = new AbortController();
    const reading = failureOf(() => file.read({ size: 10, signal: controller.signal }));
    const next = file.read(5);
    ends[1].sendSync('12345');
    await turn();
    await turn();
    controller.abort();
    await reading;
    assert.equal(String(await next), '12345');
  });

  test('in the Sync face leaves its data to the next read', async () => {
    using ends = pair();
    const file = ends[0].makefile('r');
    ends[0].timeout = 20;
    ends[1].sendSync('half');
    await failsWith(() => file.readlineSync(), TimeoutError, 'ETIMEDOUT', 'recv');
    ends[1].sendSync(' done\n');
    assert.equal(file.readlineSync(), 'half done\n');
  });
});

test('a write that fails early leaves its unsent data to the next flush', async () => {
  using ends = pair();
  const file = ends[0].makefile('wb');
  const data = pattern(MORE_THAN_FITS);
  await failsWith(() => file.write(data, { timeout: 20 }), TimeoutError, 'ETIMEDOUT', 'sendmsg');
  const controller = new AbortController();
  const flushing = failureOf(() => file.flush({ signal: controller.signal }));
  controller.abort(new Error('enough'));
  assert.match(String(await flushing), /enough/);
  const receiving = ends[1].makefile('rb').read(data.length);
  await file.flush();
  assertSame(await receiving, data);
});

describe('calls on one file', () => {
  test('are served in their order', async () => {
    using ends = pair();
    const file = ends[0].makefile('r');
    const calls = [file.readline(), file.read(3), file.readline(), file.read(1), file.read()];
    ends[1].sendSync('first\nabc');
    await turn();
    ends[1].sendSync('rest\nxyz');
    ends[1].shutdown(SHUT_WR);
    assert.deepEqual(await Promise.all(calls), ['first\n', 'abc', 'rest\n', 'x', 'yz']);
  });

  test('can use both faces', async () => {
    using ends = pair();
    const file = ends[0].makefile('r');
    const waiting = file.readline();
    ends[1].sendSync('one\ntwo\n');
    assert.equal(file.readlineSync(), 'two\n');
    assert.equal(await waiting, 'one\n');
  });

  test('do not wait if the data is already buffered', async () => {
    using ends = pair();
    const file = ends[0].makefile('r');
    ends[1].sendSync('a\nb\nc');
    await file.readline();
    const [next, unfinished] = [file.readline(), failureOf(() => file.readline({ timeout: 20 }))];
    assert.equal(await next, 'b\n');
    assert.equal(((await unfinished) as SocketError).code, 'ETIMEDOUT');
    assert.equal(await file.read(1), 'c');
  });

  test('return nothing after the end of the stream, each time', async () => {
    using ends = pair();
    const [text, bytes] = [ends[0].makefile('r'), ends[0].makefile('rb')];
    ends[1].shutdown(SHUT_WR);
    for (let i = 0; i < 2; i++) {
      assert.equal(await text.read(), '');
      assert.equal(await text.readline(), '');
      assert.equal((await bytes.read(5)).length, 0);
      assert.equal(bytes.readlineSync().length, 0);
    }
    for await (const line of text) assert.fail(line);
    for (const line of bytes) assert.fail(String(line));
  });
});

test('breaking out of a loop keeps the rest', async () => {
  using ends = pair();
  const file = ends[0].makefile('r');
  ends[1].sendSync('one\ntwo\nthree\nfour\n');
  for await (const line of file) {
    assert.equal(line, 'one\n');
    break;
  }
  for (const line of file) {
    assert.equal(line, 'two\n');
    break;
  }
  assert.equal(file.closed, false);
  assert.equal(await file.readline(), 'three\n');
});

test('without a buffer only the requested data is received', async () => {
  using ends = pair();
  const file = ends[0].makefile('rwb', { buffering: 0 });
  ends[1].sendSync('line\nrest');
  assert.equal(String(await file.readline()), 'line\n');
  assert.equal(String(ends[0].recvSync(2)), 're');
  assert.equal(String(await file.read(100)), 'st');
  assert.equal(await file.write('now'), 3);
  assert.equal(arrived(ends[1]), 'now');
  const size = await file.write(Buffer.alloc(64 * MEBIBYTE));
  assert.ok(size > 0 && size < 64 * MEBIBYTE, 'only what fits');
});

test('valid text before an invalid byte is read, then every read fails', async () => {
  using ends = pair();
  const file = ends[0].makefile('r');
  ends[1].sendSync(Buffer.from('good\nhalf\xff\nmore\n', 'latin1'));
  assert.equal(await file.readline(), 'good\n');
  for (let i = 0; i < 2; i++) {
    const expected = { name: 'TypeError', code: 'ERR_ENCODING_INVALID_ENCODED_DATA' };
    await assert.rejects(file.readline(), expected);
    assert.throws(() => file.readSync(9), expected);
  }
  assert.equal(await file.read(4), 'half');
});

describe('large input is read in linear time', () => {
  test('in one line', async () => {
    using ends = pair();
    const line = `${'é'.repeat(4 * MEBIBYTE)}\n`;
    const sending = ends[1].sendAll(line).then(() => ends[1].sendAll('next\n'));
    const file = ends[0].makefile('r');
    assert.ok((await file.readline()) === line);
    await sending;
    assert.equal(await file.readline(), 'next\n');
  });

  test('in many lines, in both faces', async () => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `line ${i}\n`);
    const [here, there] = socketpair();
    const sending = startPeer(there, [{ send: lines.join('') }, { shutdown: SHUT_WR }]);
    const file = here.makefile('r');
    let i = 0;
    for await (const line of file) {
      assert.ok(line === lines[i++]);
      if (i === 30_000) break;
    }
    for (const line of file) assert.ok(line === lines[i++]);
    assert.equal(i, lines.length);
    await sending;
    await file.close();
    here.close();
    there.close();
  });

  test('in one read', async () => {
    using ends = pair();
    const data = pattern(32 * MEBIBYTE);
    const sending = ends[1].sendAll(data);
    const memory = Buffer.alloc(data.length);
    assert.equal(await ends[0].makefile('rb').readInto(memory), data.length);
    assertSame(memory, data);
    await sending;
  });
});

test('a reset is an error after the data received before it', { skip: withoutResets }, async () => {
  const [here, there] = await tcpPair();
  const file = here.makefile('rw');
  const reading = failureOf(() => file.readline());
  there.setsockopt(SOL_SOCKET, SO_LINGER, new Uint8Array(new Int32Array([1, 0]).buffer));
  there.close();
  assert.equal(((await reading) as Error).constructor, ConnectionResetError);
  await file.write('x');
  await failsWith(() => file.flush(), BrokenPipeError, 'EPIPE', 'sendmsg');
  await failureOf(() => file.close());
  assert.equal(file.closed, true);
  here.close();
});

describe('makefile and its files refuse', () => {
  test('the Sync face of a socket in non-blocking mode, but not the promise face or a close with an empty buffer', async () => {
    using ends = pair();
    ends[0].timeout = 0;
    const file = ends[0].makefile('rw');
    const refused = { name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE', message: /timeout.*must not be 0/ };
    assert.throws(() => file.readSync(1), refused);
    assert.throws(() => file.readlineSync(), refused);
    file.writeSync('x');
    assert.throws(() => file.flushSync(), refused);
    await file.flush();
    assert.equal(arrived(ends[1]), 'x');
    ends[1].sendSync('y');
    assert.equal(await file.read(1), 'y');
    file.closeSync();
  });

  const wrong: readonly [mode: unknown, options: unknown, code: string, argument: RegExp][] = [
    ['a', {}, 'ERR_INVALID_ARG_VALUE', /mode/],
    ['r+', {}, 'ERR_INVALID_ARG_VALUE', /mode/],
    [5, {}, 'ERR_INVALID_ARG_TYPE', /mode/],
    ['r', { buffering: 0 }, 'ERR_OUT_OF_RANGE', /buffering/],
    ['rb', { buffering: -2 }, 'ERR_OUT_OF_RANGE', /buffering/],
    ['rb', { buffering: 1.5 }, 'ERR_OUT_OF_RANGE', /buffering/],
    ['rb', { encoding: 'utf8' }, 'ERR_INVALID_ARG_VALUE', /encoding/],
    ['rb', { newline: null }, 'ERR_INVALID_ARG_VALUE', /newline/],
    ['r', { encoding: 'koi8-r' }, 'ERR_INVALID_ARG_VALUE', /encoding/],
    ['r', { encoding: 'constructor' }, 'ERR_INVALID_ARG_VALUE', /encoding/],
    ['r', { errors: 'ignore' }, 'ERR_OUT_OF_RANGE', /errors/],
    ['r', { newline: '\n\n' }, 'ERR_INVALID_ARG_VALUE', /newline/],
    ['r', null, 'ERR_INVALID_ARG_TYPE', /options/],
  ];
  for (const [mode, options, code, argument] of wrong) {
    test(`makefile(${JSON.stringify(mode)}, ${JSON.stringify(options)})`, () => {
      using ends = pair();
      assert.throws(() => ends[0].makefile(mode as 'r', options as object), { code, message: argument });
      ends[0].close();
      assert.equal(ends[1].recvSync(1).length, 0, 'no file that was not made keeps the connection');
    });
  }

  test('invalid sizes and data', async () => {
    using ends = pair();
    const [text, bytes] = [ends[0].makefile('rw'), ends[0].makefile('rwb')];
    for (const size of [-2, 0.5, 2 ** 31]) {
      await assert.rejects(text.read(size), { code: 'ERR_OUT_OF_RANGE' });
      assert.throws(() => text.readlineSync(size), { code: 'ERR_OUT_OF_RANGE' });
    }
    await assert.rejects(text.write(5 as never), { code: 'ERR_INVALID_ARG_TYPE' });
    await assert.rejects(bytes.write(null as never), { code: 'ERR_INVALID_ARG_TYPE' });
    await assert.rejects(bytes.readInto('x' as never), { code: 'ERR_INVALID_ARG_TYPE' });
    await assert.rejects(bytes.read({ size: 1, timeout: -1 }), { code: 'ERR_OUT_OF_RANGE' });
    await assert.rejects(text.write('\ud800'), { code: 'ERR_INVALID_ARG_VALUE' });
  });

  test('memory that was detached meanwhile, without losing data', async () => {
    using ends = pair();
    const file = ends[0].makefile('rb');
    const memory = new Uint8Array(4);
    const reading = failureOf(() => file.readInto(memory));
    structuredClone(memory.buffer, { transfer: [memory.buffer] });
    ends[1].sendSync('data');
    assert.equal(((await reading) as { code: string }).code, 'ERR_INVALID_STATE');
    assert.equal(String(await file.read(4)), 'data');
  });
});
