/** What sendfile sends, and the file position afterwards. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { createServer, type Descriptor, type Socket, type SyncSendfileOptions, socketpair } from 'berkeley';
import { digest, pattern } from '../support/bytes.js';
import { countDescriptors, isNonblocking, warmUp } from '../support/descriptors.js';
import { notOnWindows } from '../support/kernel.js';
import { freshPath } from '../support/names.js';
import { startPeer } from '../support/peer.js';
import { askPython, besideSource, python, withoutPython } from '../support/python.js';
import { drain, makeLargeFile, makePipe, needsPipes, positionOf, tcpPair } from './support.js';

type AnySocket = Socket<'inet'> | Socket<'unix'>;

const faces = {
  promise: async (socket: AnySocket, file: Descriptor, options?: SyncSendfileOptions) =>
    socket.sendfile(file, options),
  Sync: async (socket: AnySocket, file: Descriptor, options?: SyncSendfileOptions) =>
    socket.sendfileSync(file, options),
};

const data = pattern(300_000);
const path = freshPath();
writeFileSync(path, data);
const large = makeLargeFile();

const rows: readonly SyncSendfileOptions[] = [
  {},
  { offset: 1 },
  { count: 1 },
  { offset: 100_001, count: 150_000 },
  { offset: 299_999 },
  { offset: 299_999, count: 5 },
  { count: 300_000 },
  { count: 10_000_000 },
];

await warmUp();

/** Receives in a separate thread what `send` sends, so that `send` may block. */
async function received(send: (socket: Socket<'unix'>) => Promise<unknown>): Promise<unknown> {
  const [here, there] = socketpair();
  const receiving = startPeer(there, [{ drain: true }]);
  there.close();
  await send(here);
  here.close();
  return receiving;
}

for (const [face, sendfile] of Object.entries(faces)) {
  describe(`sendfile, ${face}`, () => {
    for (const row of rows) {
      test(`sends ${JSON.stringify(row)} and sets the position after the sent part`, async () => {
        const { offset = 0, count = Number.POSITIVE_INFINITY } = row;
        const part = data.subarray(offset, Math.min(offset + count, data.length));
        const file = openSync(path, 'r');
        let sent: number | undefined;
        const arrived = await received(async socket => {
          sent = await sendfile(socket, file, row);
        });
        assert.equal(sent, part.length);
        assert.equal(positionOf(file), offset + part.length);
        assert.deepEqual(arrived, { length: part.length, digest: digest(part) });
        closeSync(file);
      });
    }

    test('sends nothing from the end, and sets the position there', async () => {
      const file = openSync(path, 'r');
      const [here, there] = socketpair();
      there.close();
      assert.equal(await sendfile(here, file, { offset: data.length }), 0);
      assert.equal(positionOf(file), data.length);
      assert.equal(await sendfile(here, file, { offset: data.length + 7 }), 0);
      here.close();
      closeSync(file);
    });

    test('accepts a FileHandle, whose position follows what was sent', async () => {
      const file = await open(path);
      const arrived = await received(socket => sendfile(socket, file, { offset: 8, count: 16 }));
      assert.deepEqual(arrived, { length: 16, digest: digest(data.subarray(8, 24)) });
      const { buffer } = await file.read(Buffer.alloc(4), 0, 4, null);
      assert.deepEqual(buffer, data.subarray(24, 28));
      await file.close();
    });

    test('sends a large file over TCP', async () => {
      const [here, there] = await tcpPair();
      const receiving = startPeer(there, [{ drain: true }]);
      there.close();
      const file = openSync(large.path, 'r');
      assert.equal(await sendfile(here, file), large.size);
      assert.equal(positionOf(file), large.size);
      here.close();
      assert.deepEqual(await receiving, { length: large.size, digest: large.digest });
      closeSync(file);
    });

    test('sends a large file to Python', { skip: withoutPython }, async () => {
      using server = createServer({ host: '127.0.0.1', port: 0 });
      const { port } = server.getsockname();
      const peer = promisify(execFile)(python, [besideSource('drain.py', import.meta.url), String(port)]);
      const { socket } = await server.accept();
      const file = openSync(large.path, 'r');
      assert.equal(await sendfile(socket, file), large.size);
      socket.close();
      assert.deepEqual(JSON.parse((await peer).stdout), { length: large.size, digest: large.digest });
      closeSync(file);
    });

    // stat reports size 0 for such a file, and sendfile(2) refuses some of them.
    for (const name of ['/proc/self/maps', '/proc/cpuinfo', '/proc/version']) {
      test(`sends ${name}`, { skip: notOnWindows('/proc') }, async () => {
        const expected = readFileSync(name);
        const file = openSync(name, 'r');
        const before = countDescriptors();
        const [here, there] = socketpair();
        const receiving = drain(there);
        const sent = await sendfile(here, file);
        here.close();
        const { length } = await receiving;
        there.close();
        assert.equal(length, sent);
        assert.ok(sent > 0 && Math.abs(sent - expected.length) < 4096, `${sent} of ${expected.length} bytes`);
        assert.equal(positionOf(file), sent);
        assert.equal(countDescriptors(), before);
        closeSync(file);
      });
    }

    test('sends the content of a pipe, up to count and then to its end', { skip: needsPipes }, async () => {
      const { read, write } = makePipe();
      writeSync(write, data.subarray(0, 40_000));
      closeSync(write);
      const first = await received(socket => sendfile(socket, read, { count: 15_000 }));
      assert.deepEqual(first, { length: 15_000, digest: digest(data.subarray(0, 15_000)) });
      const rest = await received(socket => sendfile(socket, read));
      assert.deepEqual(rest, { length: 25_000, digest: digest(data.subarray(15_000, 40_000)) });
      closeSync(read);
    });

    test('sends the data received by another socket', async () => {
      const [source, feed] = socketpair();
      await feed.sendAll(data.subarray(0, 50_000));
      feed.close();
      const arrived = await received(socket => sendfile(socket, source));
      assert.deepEqual(arrived, { length: 50_000, digest: digest(data.subarray(0, 50_000)) });
      source.close();
    });

    test('leaves the mode of the descriptor unchanged', async () => {
      for (const timeout of [null, 5000]) {
        const [here, there] = socketpair();
        here.timeout = timeout;
        const file = openSync(path, 'r');
        const draining = startPeer(there, [{ drain: true }]);
        await sendfile(here, file);
        assert.equal(isNonblocking(here.fd), timeout !== null);
        here.close();
        await draining;
        there.close();
        closeSync(file);
      }
    });
  });
}

test('Python sends the same parts and leaves the same positions', { skip: withoutPython }, async () => {
  const theirs = askPython<object[]>(besideSource('sendfile.py', import.meta.url), { path, rows });
  for (const [i, row] of rows.entries()) {
    const file = openSync(path, 'r');
    let sent: number | undefined;
    const arrived = await received(async socket => {
      sent = await socket.sendfile(file, row);
    });
    const { digest } = arrived as { digest: string };
    assert.deepEqual({ sent, position: positionOf(file), digest }, theirs[i], JSON.stringify(row));
    closeSync(file);
  }
});
