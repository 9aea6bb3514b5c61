/** A socket as a Node stream: transfer, back-pressure and end. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { describe, test } from 'node:test';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import {
  BrokenPipeError,
  ConnectionResetError,
  SHUT_WR,
  SO_LINGER,
  SO_SNDBUF,
  SOCK_DGRAM,
  SOCK_SEQPACKET,
  SOL_SOCKET,
  Socket,
  SocketDuplex,
  socketpair,
  UnixDuplex,
} from 'berkeley';
import { assertSame, pattern } from '../support/bytes.js';
import { collectGarbage, countDescriptors, isSocketOpen, warmUp } from '../support/descriptors.js';
import { notInWine, notOnWindows } from '../support/kernel.js';
import { LOCAL, onWindows } from '../support/local.js';
import { MEBIBYTE, tcpPair, withoutResets } from './support.js';

const RESET = new Uint8Array(new Int32Array([1, 0]).buffer);

await warmUp();

/** Runs `body`, after which as many descriptors have to be open as before. */
async function withoutLeak(body: () => Promise<void>): Promise<void> {
  const before = countDescriptors();
  await body();
  await turn();
  assert.equal(countDescriptors(), before);
}

/**
 * Reads everything to the end. (A loop over the stream would destroy it at the end, with its unsent data.)
 */
async function readAll(stream: SocketDuplex): Promise<Buffer> {
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  await once(stream, 'end');
  return Buffer.concat(pieces);
}

async function closed(...streams: readonly SocketDuplex[]): Promise<void> {
  for (const stream of streams) if (!stream.closed) await once(stream, 'close');
}

interface Streamable {
  toDuplex(): SocketDuplex;
}

function duplexes(pair: readonly [Streamable, Streamable]): [SocketDuplex, SocketDuplex] {
  return [pair[0].toDuplex(), pair[1].toDuplex()];
}

describe('data', () => {
  test('arrives as it was sent, in both directions at once', async () => {
    await withoutLeak(async () => {
      const [a, b] = duplexes(await tcpPair());
      const data = pattern(8 * MEBIBYTE);
      const [there, back] = [readAll(a), readAll(b)];
      a.end(data);
      b.end(data.subarray(0, MEBIBYTE));
      assertSame(await back, data);
      assertSame(await there, data.subarray(0, MEBIBYTE));
      assert.equal(a.bytesWritten, data.length);
      assert.equal(b.bytesRead, data.length);
      assert.equal(a.bytesRead, MEBIBYTE);
      await closed(a, b);
    });
  });

  test('arrives as strings, as many small pieces, and as empty pieces', async () => {
    await withoutLeak(async () => {
      const [a, b] = duplexes(socketpair());
      a.resume(); // its end has to be read, too
      const reading = readAll(b);
      let expected = '';
      for (let i = 0; i < 5000; i++) {
        if (i % 100 === 0) a.cork();
        a.write(`${i}`);
        a.write('');
        a.write(new Uint8Array([0x2c]));
        if (i % 100 === 99) a.uncork();
        expected += `${i},`;
      }
      a.end('äöü', 'latin1');
      assert.equal((await reading).toString('latin1'), `${expected}äöü`);
      b.end();
      await closed(a, b);
    });
  });

  test('arrives as many large pieces at once, more than one system call accepts', async () => {
    await withoutLeak(async () => {
      const [a, b] = duplexes(socketpair());
      const data = pattern(3000 * 1000);
      a.resume(); // its end has to be read, too
      const reading = readAll(b);
      a.cork();
      for (let at = 0; at < data.length; at += 1000) a.write(data.subarray(at, at + 1000));
      a.uncork();
      a.end();
      assertSame(await reading, data);
      b.end();
      await closed(a, b);
    });
  });

  test('passes through a pipeline', async () => {
    await withoutLeak(async () => {
      const [a, b] = duplexes(socketpair());
      const echo = pipeline(b, b);
      const data = pattern(2 * MEBIBYTE);
      const reading = readAll(a);
      a.end(data);
      assertSame(await reading, data);
      await echo;
      await closed(a, b);
    });
  });
});

describe('a slow reader', () => {
  test('leaves unread data in the kernel, so that the peer waits', async () => {
    const [a, b] = socketpair();
    const reader = b.toDuplex({ readableHighWaterMark: 65536 });
    const writer = a.toDuplex();
    writer.write(Buffer.alloc(8 * MEBIBYTE));
    writer.write('and more');
    reader.read(0);
    for (let i = 0; i < 20; i++) await delay(2);
    assert.ok(writer.writableLength > 0, 'the writer waits');
    assert.ok(reader.readableLength <= 2 * 65536, `${reader.readableLength} bytes are held`);
    assert.ok(reader.bytesRead <= 2 * 65536, `${reader.bytesRead} bytes were received`);
    reader.resume();
    await once(writer, 'drain');
    reader.destroy();
    writer.destroy();
  });

  test('limits the memory of a large transfer', async () => {
    const [a, b] = socketpair();
    const piece = Buffer.alloc(MEBIBYTE);
    const before = process.memoryUsage().rss;
    let most = before;
    const sending = (async () => {
      const writer = a.toDuplex().resume();
      for (let i = 0; i < 256; i++) if (!writer.write(piece)) await once(writer, 'drain');
      writer.end();
    })();
    let length = 0;
    for await (const chunk of b.toDuplex()) {
      length += chunk.length;
      if (length % (16 * MEBIBYTE) < chunk.length) {
        await delay(1);
        most = Math.max(most, process.memoryUsage().rss);
      }
    }
    await sending;
    assert.equal(length, 256 * MEBIBYTE);
    assert.ok(most - before < 64 * MEBIBYTE, `${(most - before) / MEBIBYTE} MiB more`);
  });

  test('that does not read receives nothing', async () => {
    const [a, b] = socketpair();
    const duplex = b.toDuplex();
    await a.sendAll('for whoever asks');
    await delay(5);
    assert.equal(duplex.bytesRead, 0);
    assert.equal(String(b.recvSync(100)), 'for whoever asks');
    duplex.destroy();
    a.close();
  });
});

describe('the end', () => {
  test('of the peer ends the stream by default', async () => {
    await withoutLeak(async () => {
      const [a, b] = await tcpPair();
      const duplex = a.toDuplex();
      b.shutdown(SHUT_WR);
      duplex.resume();
      await once(duplex, 'close');
      assert.equal((await b.recv(1)).length, 0);
      assert.equal(a.closed, true);
      b.close();
    });
  });

  test('of the peer leaves the writable side open with allowHalfOpen', async () => {
    await withoutLeak(async () => {
      const [a, b] = await tcpPair();
      const duplex = a.toDuplex({ allowHalfOpen: true });
      await b.sendAll('question');
      b.shutdown(SHUT_WR);
      assert.equal(String(await readAll(duplex)), 'question');
      assert.equal(duplex.readyState, 'writeOnly');
      duplex.write('a late ');
      await delay(5);
      duplex.end('answer');
      const peer = b.toDuplex();
      assert.equal(String(await readAll(peer)), 'a late answer');
      await closed(duplex, peer);
    });
  });

  test('of the writable side leaves the peer’s side open', async () => {
    await withoutLeak(async () => {
      const [a, b] = await tcpPair();
      const duplex = a.toDuplex();
      duplex.end('question');
      const peer = b.toDuplex({ allowHalfOpen: true });
      assert.equal(String(await readAll(peer)), 'question');
      assert.equal(duplex.readyState, 'readOnly');
      assert.equal(duplex.destroyed, false);
      peer.end('answer');
      assert.equal(String(await readAll(duplex)), 'answer');
      await closed(duplex, peer);
      assert.equal(a.closed, true);
    });
  });

  test('comes after all written data', async () => {
    const [a, b] = socketpair();
    const duplex = a.toDuplex();
    duplex.write(Buffer.alloc(4 * MEBIBYTE));
    duplex.destroySoon();
    assert.equal((await readAll(b.toDuplex())).length, 4 * MEBIBYTE);
    if (!duplex.destroyed) await once(duplex, 'close');
    assert.equal(a.closed, true);
  });
});

describe('destroying', () => {
  test('during a read and a write ends both, and closes the socket', async () => {
    await withoutLeak(async () => {
      const [a, b] = socketpair();
      const duplex = a.toDuplex();
      duplex.resume();
      const writing = new Promise<Error | null | undefined>(resolve => {
        duplex.write(Buffer.alloc(8 * MEBIBYTE), resolve);
      });
      await turn();
      duplex.on('error', assert.ifError);
      duplex.destroy();
      duplex.destroy();
      assert.equal(a.closed, true);
      await once(duplex, 'close');
      assert.ok((await writing) instanceof Error);
      assert.equal(duplex.write('x'), false);
      b.close();
    });
  });

  test('with an error emits it once', async () => {
    const [a, b] = socketpair();
    const duplex = a.toDuplex();
    duplex.resume();
    const errors: Error[] = [];
    duplex.on('error', error => errors.push(error));
    duplex.destroy(new Error('enough'));
    duplex.destroy(new Error('too late'));
    await new Promise(resolve => duplex.on('close', resolve)); // once() would reject with the error itself
    assert.deepEqual(errors.map(String), ['Error: enough']);
    b.close();
  });

  test('by a signal', async () => {
    const [a, b] = socketpair();
    const controller = new AbortController();
    const duplex = a.toDuplex({ signal: controller.signal });
    const failing = once(duplex, 'error');
    controller.abort();
    assert.equal((await failing)[0].name, 'AbortError');
    assert.equal(a.closed, true);
    b.close();
  });

  test('keeps the socket open on request', async () => {
    const [a, b] = socketpair();
    const duplex = a.toDuplex({ keepOpen: true });
    duplex.resume();
    duplex.write('before ');
    await turn();
    duplex.destroy();
    await once(duplex, 'close');
    assert.equal(a.closed, false);
    await a.sendAll('after');
    assert.equal(String(await b.recv(99)), 'before after');
    b.sendSync('not lost');
    assert.equal(String(await a.recv(99)), 'not lost');
    a.close();
    b.close();
  });

  test('resets the connection on request', { skip: withoutResets }, async () => {
    const [a, b] = await tcpPair();
    a.toDuplex().resetAndDestroy();
    await assert.rejects(b.recv(1), ConnectionResetError);
    b.close();
    const [c, d] = socketpair();
    c.toDuplex().resetAndDestroy();
    assert.equal((await d.recv(1)).length, 0);
    d.close();
  });

  test('closing the socket of a stream ends it without an error', async () => {
    const [a, b] = socketpair();
    const duplex = a.toDuplex();
    duplex.on('error', assert.ifError);
    duplex.resume();
    await turn();
    a.close();
    await once(duplex, 'close');
    b.close();
  });
});

describe('an error of the socket is an error of the stream:', () => {
  test('a reset during a read', { skip: withoutResets }, async () => {
    const [a, b] = await tcpPair();
    const duplex = a.toDuplex();
    duplex.resume();
    const failing = once(duplex, 'error');
    b.setsockopt(SOL_SOCKET, SO_LINGER, RESET);
    b.close();
    const [error] = await failing;
    assert.equal(error.constructor, ConnectionResetError);
    assert.equal(error.syscall, 'recv');
    assert.equal(a.closed, true);
  });

  test('a reset during a write', async () => {
    const [a, b] = await tcpPair();
    const duplex = a.toDuplex();
    const failing = once(duplex, 'error');
    duplex.write(Buffer.alloc(32 * MEBIBYTE));
    await turn();
    b.setsockopt(SOL_SOCKET, SO_LINGER, RESET);
    b.close();
    assert.match((await failing)[0].code, /ECONNRESET|EPIPE/);
    assert.equal(a.closed, true);
  });

  test('writing to a peer that has closed', {
    skip: notOnWindows('a pair that refuses the first send to a closed peer'),
  }, async () => {
    const [a, b] = socketpair();
    const duplex = a.toDuplex();
    b.close();
    duplex.write('x');
    const [error] = await once(duplex, 'error');
    assert.equal(error.constructor, BrokenPipeError);
  });

  test('the end of a stream after a reset is an end', { skip: withoutResets }, async () => {
    const [a, b] = await tcpPair();
    const duplex = a.toDuplex();
    b.setsockopt(SOL_SOCKET, SO_LINGER, RESET);
    b.close();
    await delay(5);
    duplex.end();
    await once(duplex, 'finish');
    const [error] = await once(duplex.resume(), 'error');
    assert.equal(error.code, 'ECONNRESET');
  });

  test('reading from a socket that is not connected', async () => {
    const socket = new Socket();
    const [error] = await once(socket.toDuplex().resume(), 'error');
    assert.equal(error.code, 'ENOTCONN');
  });
});

describe('like a net.Socket it', () => {
  test('has addresses', async () => {
    const [a, b] = await tcpPair();
    const { host, port } = a.getsockname();
    const peer = b.getsockname();
    const duplex = a.toDuplex();
    assert.deepEqual({ ...duplex.address() }, { address: host, family: 'IPv4', port });
    assert.deepEqual([duplex.localAddress, duplex.localPort, duplex.localFamily], [host, port, 'IPv4']);
    const remote = [duplex.remoteAddress, duplex.remotePort, duplex.remoteFamily];
    assert.deepEqual(remote, [peer.host, peer.port, 'IPv4']);
    assert.deepEqual([duplex.connecting, duplex.pending, duplex.readyState], [false, false, 'open']);
    duplex.destroy();
    assert.equal(duplex.remoteAddress, peer.host);
    assert.equal(duplex.readyState, 'closed');
    b.close();
  });

  test('has no host address in other families, and has the class of the family', {
    skip: notOnWindows('pairs of AF_UNIX'),
  }, () => {
    const [a, b] = socketpair();
    const duplex = a.toDuplex();
    assert.ok(duplex instanceof UnixDuplex && duplex instanceof SocketDuplex);
    assert.deepEqual({ ...duplex.address() }, {});
    assert.equal(duplex.remoteAddress, undefined);
    assert.equal(duplex.setNoDelay().setKeepAlive(true, 1000), duplex);
    duplex.destroy();
    b.close();
  });

  test('sets options', { skip: notInWine('Wine has no TCP_KEEPIDLE') }, async () => {
    const [a, b] = await tcpPair();
    const duplex = a.toDuplex();
    const { IPPROTO_TCP, TCP_NODELAY, TCP_KEEPIDLE, SO_KEEPALIVE } = await import('berkeley');
    duplex.setNoDelay().setKeepAlive(true, 42_900);
    assert.notEqual(a.getsockopt(IPPROTO_TCP, TCP_NODELAY), 0);
    assert.notEqual(a.getsockopt(SOL_SOCKET, SO_KEEPALIVE), 0);
    assert.equal(a.getsockopt(IPPROTO_TCP, TCP_KEEPIDLE), 42);
    duplex.setNoDelay(false).setKeepAlive();
    assert.equal(a.getsockopt(IPPROTO_TCP, TCP_NODELAY), 0);
    assert.equal(a.getsockopt(SOL_SOCKET, SO_KEEPALIVE), 0);
    duplex.destroy();
    assert.equal(duplex.setNoDelay().setKeepAlive(), duplex);
    b.close();
  });

  test('emits timeout after a period without activity', async () => {
    const [a, b] = socketpair();
    const duplex = a.toDuplex();
    let calls = 0;
    let heard: number;
    do {
      calls = 0;
      duplex.setTimeout(300, () => calls++);
      assert.equal(duplex.timeout, 300);
      await delay(100);
      b.sendSync('x');
      await once(duplex, 'data');
      heard = performance.now();
    } while (calls > 0); // the machine was so busy that the period had passed before
    await once(duplex, 'timeout');
    const taken = performance.now() - heard;
    assert.ok(taken >= 295, `${taken} ms: what came in started it anew`);
    assert.equal(calls, 1);
    assert.equal(duplex.destroyed, false);
    const never = (): never => assert.fail('was taken back');
    duplex.setTimeout(10, never);
    duplex.setTimeout(0, never);
    await delay(20);
    assert.throws(() => duplex.setTimeout(-1), { code: 'ERR_OUT_OF_RANGE' });
    duplex.destroy();
    b.close();
  });
});

test('a large write that makes progress is not idle: no timeout is emitted', async () => {
  const period = onWindows ? 2000 : 400; // Wine needs longer for each part
  for (;;) {
    const [a, b] = socketpair();
    a.setsockopt(SOL_SOCKET, SO_SNDBUF, 16384);
    const duplex = a.toDuplex();
    let idle = 0;
    duplex.setTimeout(period, () => idle++);
    duplex.end(Buffer.alloc(MEBIBYTE));
    let longest = 0;
    for (let length = 0; length < MEBIBYTE; ) {
      const began = performance.now();
      length += (await b.recv(65536)).length;
      await delay(20);
      longest = Math.max(longest, performance.now() - began);
    }
    duplex.destroy();
    b.close();
    if (idle === 0) return;
    // Again only if the machine was so busy that nothing made progress.
    assert.ok(longest > period / 2, 'it was not idle');
  }
});

test('streams are refused for sockets that keep message boundaries', () => {
  for (const type of onWindows ? [SOCK_DGRAM] : [SOCK_DGRAM, SOCK_SEQPACKET]) {
    using socket = new Socket(LOCAL, type);
    const refusal = { name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE', message: /SOCK_STREAM/ };
    assert.throws(() => socket.toDuplex(), refusal);
    assert.throws(() => socket.toWeb(), refusal);
  }
});

test('a stream that was not ended is closed with its socket when both are collected', async () => {
  const warning = once(process, 'warning');
  const fd = (() => {
    const [a, b] = socketpair();
    b.close();
    a.toDuplex();
    return a.fd;
  })();
  for (let i = 0; i < 100 && isSocketOpen(fd); i++) {
    collectGarbage();
    await turn();
  }
  assert.equal((await warning)[0].name, 'ResourceWarning');
});
