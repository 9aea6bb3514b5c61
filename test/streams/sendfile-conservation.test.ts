/**
 * sendfile from pipes, sockets and terminals, where a read removes the data: however the call ends, every
 * byte is either sent or still in the source.
 */
import assert from 'node:assert/strict';
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { describe, test } from 'node:test';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type Socket, type SocketError, socketpair } from 'berkeley';
import { MSG_DONTWAIT, MSG_WAITALL, SO_ERROR, SO_SNDBUF, SOL_SOCKET } from 'berkeley/constants';
import { binding } from '#src/binding.js';
import { assertSame, pattern } from '../support/bytes.js';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { failureOf } from '../support/failure.js';
import { notInWine, notOnWindows } from '../support/kernel.js';
import { onWindows } from '../support/local.js';
import { moduleFile } from '../support/module-file.js';
import { makePipe, needsPipes, tcpPair } from './support.js';

await warmUp();

/** More than the buffers of any two sockets here hold. */
const data = pattern(1 << 24);

/** A source to send from: the test fills one end, and can read the rest from the other. */
interface Feed {
  readonly fd: number;
  /** Writes what fits now. Returns the number of bytes. */
  write(bytes: Uint8Array): number;
  /** Reads the rest. */
  rest(): Buffer;
  close(): void;
}

const { O_RDWR, O_NONBLOCK } = constants;

/** Reads what is available now from a descriptor, which has `O_NONBLOCK`. */
function readAll(read: (into: Buffer) => number): Buffer {
  const pieces: Buffer[] = [];
  for (;;) {
    const memory = Buffer.alloc(65536);
    let count = 0;
    try {
      count = read(memory);
    } catch (error) {
      assert.match((error as SocketError).code, /EAGAIN|ECONNRESET/);
    }
    if (count === 0) return Buffer.concat(pieces);
    pieces.push(memory.subarray(0, count));
  }
}

function attempted(write: () => number): number {
  try {
    return write();
  } catch (error) {
    assert.equal((error as SocketError).code, 'EAGAIN');
    return 0;
  }
}

/** A pipe takes a piece of PIPE_BUF bytes as a whole or not at all (pipe(7)). Deno does not report a partial write. */
const PIPE_BUF = 4096;

function writePieces(fd: number, bytes: Uint8Array): number {
  let written = 0;
  for (let piece = -1; piece !== 0 && written < bytes.length; written += piece)
    piece = attempted(() => writeSync(fd, bytes.subarray(written, written + PIPE_BUF)));
  return written;
}

function pipeFeed(): Feed {
  const ends = makePipe();
  const fd = openSync(`/proc/self/fd/${ends.read}`, O_RDWR | O_NONBLOCK);
  closeSync(ends.read);
  closeSync(ends.write);
  return {
    fd,
    write: bytes => writePieces(fd, bytes.subarray(0, 60_000)),
    rest: () => readAll(into => readSync(fd, into)),
    close: () => closeSync(fd),
  };
}

function socketFeed<F extends 'inet' | 'unix'>([source, writer]: [Socket<F>, Socket<F>]): Feed {
  return {
    fd: source.fd,
    write: bytes => attempted(() => writer.sendSync(bytes.subarray(0, 60_000), MSG_DONTWAIT)),
    rest: () => readAll(into => source.recvIntoSync(into, MSG_DONTWAIT)),
    close: () => {
      source.close();
      writer.close();
    },
  };
}

const feeds: Readonly<Record<string, () => Promise<Feed>>> = {
  ...(!onWindows && { 'a pipe': async () => pipeFeed() }),
  'a socketpair': async () => socketFeed(socketpair()),
  'a TCP socket': async () => socketFeed(await tcpPair()),
};

/** One way in which a call ends after it has filled the socket. */
type Ending = (socket: Socket<'unix'>, fd: number) => Promise<number | unknown>;

const endings: Readonly<Record<string, Ending>> = {
  'its deadline passes': (socket, fd) => failureOf(() => socket.sendfile(fd, { timeout: 20 })),
  'its deadline passes, Sync': async (socket, fd) =>
    failureOf(() => socket.sendfileSync(fd, { timeout: 20 })),
  'it is refused': (socket, fd) => failureOf(() => socket.sendfile(fd, { timeout: 0 })),
  'it is aborted': async (socket, fd) => {
    const controller = new AbortController();
    const sending = failureOf(() => socket.sendfile(fd, { signal: controller.signal }));
    await delay(10);
    controller.abort();
    return sending;
  },
  'the socket is closed': async (socket, fd) => {
    const sending = failureOf(() => socket.sendfile(fd));
    await delay(10);
    socket.close();
    return sending;
  },
};

for (const [from, makeFeed] of Object.entries(feeds)) {
  describe(`sendfile from ${from} loses nothing when`, () => {
    for (const [name, end] of Object.entries(endings)) {
      test(name, async () => {
        const before = countDescriptors();
        const [here, there] = socketpair();
        here.setsockopt(SOL_SOCKET, SO_SNDBUF, 8192);
        const feed = await makeFeed();
        let written = 0;
        let isFull = false;
        while (!isFull && !here.closed) {
          const added = feed.write(data.subarray(written));
          written += added;
          assert.ok(written < data.length);
          const error = await end(here, feed.fd);
          const sent = (error as SocketError).bytesTransferred;
          isFull = added === 0 || (sent !== undefined && sent < added);
        }
        const arrived = readAll(into => there.recvIntoSync(into, MSG_DONTWAIT));
        const rest = feed.rest();
        assert.ok(here.closed || rest.length > 0);
        assertSame(Buffer.concat([arrived, rest]), data.subarray(0, written));
        here.close();
        there.close();
        feed.close();
        await turn();
        assert.equal(countDescriptors(), before);
      });
    }
  });
}

/** Runs `body` in a worker. */
function inWorker(body: string, workerData: object): Worker {
  return new Worker(
    `(async () => {
    const { workerData } = require('node:worker_threads');
    const { Socket } = await import(${JSON.stringify(import.meta.resolve('berkeley'))});
    ${body}
  })();`,
    { eval: true, workerData },
  );
}

describe('sendfileSync in a worker', { skip: needsPipes }, () => {
  test('can be terminated while it waits for a pipe', async () => {
    const [here, there] = socketpair();
    const feed = pipeFeed();
    feed.write(Buffer.from('first'));
    const worker = inWorker(`Socket.adopt(workerData.socket).sendfileSync(workerData.file);`, {
      socket: here.detach(),
      file: feed.fd,
    });
    assert.equal(String(await there.recv(10)), 'first');
    await worker.terminate();
    feed.write(Buffer.from('second'));
    await delay(100);
    assert.equal(String(feed.rest()), 'second');
    there.close();
    feed.close();
  });
});

describe('sendfile from an empty pipe', { skip: needsPipes }, () => {
  test('gives the socket to the next calls when it ends', async () => {
    const [here, there] = socketpair();
    const feed = pipeFeed();
    for (const end of ['abort', 'deadline'] as const) {
      const controller = new AbortController();
      const options = end === 'abort' ? { signal: controller.signal } : { timeout: 20 };
      const sending = failureOf(() => here.sendfile(feed.fd, options));
      await turn();
      const behind = here.send('behind');
      await delay(5);
      if (end === 'abort') controller.abort();
      await sending;
      assert.equal(await behind, 6);
      assert.equal(String(await there.recv(10)), 'behind');
    }
    here.close();
    there.close();
    feed.close();
  });

  test('lets a Sync call behind it wait without using the CPU', async () => {
    const [here, there] = socketpair();
    const feed = pipeFeed();
    const sending = here.sendfile(feed.fd, { count: 5 });
    await turn();
    const before = process.cpuUsage();
    const error = (await failureOf(() => here.sendSync('x', { timeout: 200 }))) as SocketError;
    const { user, system } = process.cpuUsage(before);
    assert.equal(error.code, 'ETIMEDOUT');
    assert.ok(user + system < 100_000, `${user + system} µs`);
    feed.write(Buffer.from('hello'));
    assert.equal(here.sendSync('!'), 1);
    assert.equal(await sending, 5);
    assert.equal(String(await there.recv(10)), 'hello!');
    here.close();
    there.close();
    feed.close();
  });

  test('does not keep the process alive after unref()', async () => {
    const { execFile } = await import('node:child_process');
    const { promisify } = await import('node:util');
    const { read, write } = makePipe();
    const program = `
      import { socketpair } from 'berkeley';
      import { openSync } from 'node:fs';
      const [here] = socketpair();
      here.sendfile(openSync('/proc/${process.pid}/fd/${read}', 'r+')).catch(() => {});
      setTimeout(() => here.unref(), 10);`;
    await promisify(execFile)(process.execPath, [moduleFile(program)], { timeout: 20_000 });
    closeSync(read);
    closeSync(write);
  });
});

test('sendfile from a Socket starts with its pending input', async () => {
  const [source, feed] = socketpair();
  const [here, there] = socketpair();
  feed.sendSync('0123456789');
  const controller = new AbortController();
  const receiving = failureOf(() => source.recv(100, { flags: MSG_WAITALL, signal: controller.signal }));
  await delay(5);
  controller.abort();
  await receiving;
  feed.sendSync('abc');
  assert.equal(await here.sendfile(source, { count: 4 }), 4);
  assert.equal(here.sendfileSync(source, { count: 9 }), 9);
  assert.equal(String(there.recvSync(100)), '0123456789abc');
  for (const socket of [source, feed, here, there]) socket.close();
});

test('sendfile from a datagram socket with an unread error does not spin, and reports it', {
  skip: notInWine('Wine reads the error of a socket itself, and forgets it'),
}, async () => {
  const { Socket, AF_INET, SOCK_DGRAM } = await import('berkeley');
  const [here, there] = socketpair();
  const source = new Socket(AF_INET, SOCK_DGRAM);
  source.bind({ host: '127.0.0.1', port: 0 });
  const gone = new Socket(AF_INET, SOCK_DGRAM);
  gone.bind({ host: '127.0.0.1', port: 0 });
  await source.connect(gone.getsockname());
  gone.close();
  const sending = failureOf(() => here.sendfile(source, { timeout: 2000 }));
  await turn();
  await source.send('x');
  assert.equal(((await sending) as SocketError).code, 'ECONNREFUSED');
  assert.equal(source.getsockopt(SOL_SOCKET, SO_ERROR), 0);
  for (const socket of [source, here, there]) socket.close();
});

/** Requests of ioctl_tty(2). */
const TIOCGPTN = 0x80045430;
const TIOCSPTLCK = 0x40045431;

describe('sendfile from a terminal', { skip: notOnWindows('/dev/ptmx') }, () => {
  /** Both ends of a terminal. What is written to the first can be read from the second after a line end. */
  function openTerminal(): { readonly master: number; readonly slave: number } {
    const master = openSync('/dev/ptmx', O_RDWR | constants.O_NOCTTY);
    const word = new Uint8Array(4);
    assert.equal(binding.ioctl(master, TIOCSPTLCK, word), 0);
    assert.equal(binding.ioctl(master, TIOCGPTN, word), 0);
    const [number] = new Uint32Array(word.buffer);
    return { master, slave: openSync(`/dev/pts/${number}`, O_RDWR | constants.O_NOCTTY) };
  }

  test('reads nothing while the socket is full', async () => {
    const [here, there] = socketpair();
    const { master, slave } = openTerminal();
    writeSync(master, 'a line\n');
    for (;;) if (attempted(() => here.sendSync(Buffer.alloc(65536), MSG_DONTWAIT)) === 0) break;
    for (const end of Object.values(endings)) await end(here, slave);
    assert.equal(here.closed, true);
    const memory = Buffer.alloc(100);
    assert.equal(memory.toString('latin1', 0, readSync(slave, memory)), 'a line\n');
    there.close();
    closeSync(slave);
    closeSync(master);
  });

  test('reports in the error what it read and could not send', async () => {
    for (const form of ['promise', 'Sync'] as const) {
      const [here, there] = socketpair();
      const { master, slave } = openTerminal();
      writeSync(master, 'a line\n');
      const { send } = binding;
      // The kernel is short of memory: poll(2) reports space, but send(2) accepts nothing.
      let sends = 0;
      Object.assign(binding, {
        send: (...call: Parameters<typeof send>) =>
          sends++ === 0 ? send(call[0], call[1].subarray(0, 2), call[2]) : -11,
      });
      try {
        const error = (await failureOf(() =>
          form === 'Sync' ? here.sendfileSync(slave, { timeout: 20 }) : here.sendfile(slave, { timeout: 20 }),
        )) as SocketError;
        assert.equal(error.code, 'ETIMEDOUT');
        assert.equal(error.bytesTransferred, 2);
        assert.equal(String(error.unsent), 'line\n');
      } finally {
        Object.assign(binding, { send });
      }
      assert.equal(String(there.recvSync(10)), 'a ');
      here.close();
      there.close();
      closeSync(slave);
      closeSync(master);
    }
  });
});
