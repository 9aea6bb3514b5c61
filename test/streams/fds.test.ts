/** Descriptors over a stream: `writeWithFds` and `'fds'`, as D-Bus and Wayland use them. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, readlinkSync, readSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { close, socketpair, UnixDuplex } from 'berkeley';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { freshPath } from '../support/names.js';
import { besideSource, python, withoutPython } from '../support/python.js';
import { MEBIBYTE, makePipe } from './support.js';

await warmUp();

function pair(): [UnixDuplex, UnixDuplex] {
  const [a, b] = socketpair();
  return [a.toDuplex(), b.toDuplex()];
}

/** The events of a stream, in order. */
function record(duplex: UnixDuplex): (string | readonly number[])[] {
  const events: (string | readonly number[])[] = [];
  duplex.on('fds', (fds: number[]) => events.push(fds));
  duplex.on('data', (data: Buffer) => events.push(String(data)));
  return events;
}

/** The path of a descriptor. Deno's `node:fs` only has those that it opened itself. */
function pathOf(fd: number): string {
  return `/proc/self/fd/${fd}`;
}

test('descriptors arrive before the data that they were written with', async () => {
  const [a, b] = pair();
  const events = record(b);
  const file = openSync('/dev/null', 'r');
  a.write('plain ');
  const handle = await open('/dev/zero');
  a.writeWithFds('with two', [file, handle]);
  await handle.close();
  a.write(' plain again');
  a.writeWithFds(new Uint8Array([0x31]), [file]);
  closeSync(file); // it was duplicated
  a.end();
  await once(b, 'end');
  const [first, second] = events.filter(event => typeof event !== 'string') as number[][];
  assert.equal(first!.length, 2);
  assert.equal(second!.length, 1);
  assert.equal(readlinkSync(pathOf(first![0]!)), readlinkSync(pathOf(second![0]!)));
  assert.equal(events.filter(event => typeof event === 'string').join(''), 'plain with two plain again1');
  const before = events.slice(0, events.indexOf(first!)).join('');
  assert.ok('plain '.startsWith(before), `${before} came before the descriptors`);
  for (const fd of [...first!, ...second!]) close(fd);
  a.destroy();
  b.destroy();
});

test('each write keeps its own descriptors, even if all are sent at once', async () => {
  const before = countDescriptors();
  const [a, b] = pair();
  const paths = Array.from({ length: 20 }, (_, i) => {
    const path = freshPath();
    writeFileSync(path, `file ${i}`);
    return path;
  });
  a.cork();
  for (const path of paths) {
    const file = openSync(path, 'r');
    a.write('some ');
    a.writeWithFds('bytes ', [file]);
    closeSync(file);
  }
  a.uncork();
  a.end();
  const received: string[] = [];
  b.on('fds', (fds: number[]) => {
    for (const fd of fds) {
      received.push(readFileSync(pathOf(fd), 'utf8'));
      close(fd);
    }
  });
  let data = '';
  b.on('data', piece => {
    data += piece;
  });
  await once(b, 'end');
  assert.deepEqual(
    received,
    paths.map((_, i) => `file ${i}`),
  );
  assert.equal(data, 'some bytes '.repeat(20));
  a.destroy();
  b.destroy();
  await turn();
  assert.equal(countDescriptors(), before);
});

test('large data carries its descriptors with its first bytes, and back-pressure applies', async () => {
  const [a, b] = pair();
  const file = openSync('/dev/null', 'r');
  const events = record(b);
  b.pause();
  assert.equal(a.writeWithFds(Buffer.alloc(4 * MEBIBYTE, 'x'), [file]), false);
  closeSync(file);
  b.resume();
  a.end();
  await once(b, 'end');
  const [fds] = events as [number[]];
  assert.equal(fds.length, 1);
  assert.equal(events.slice(1).join('').length, 4 * MEBIBYTE);
  close(fds[0]!);
  assert.equal(a.bytesWritten, 4 * MEBIBYTE);
  a.destroy();
  b.destroy();
});

describe('no descriptor leaks', () => {
  test('that has no listener', async () => {
    const before = countDescriptors();
    const [a, b] = pair();
    const file = openSync('/dev/null', 'r');
    for (let i = 0; i < 10; i++) a.writeWithFds('x', [file, file]);
    closeSync(file);
    a.end();
    await once(b.resume(), 'end');
    a.destroy();
    b.destroy();
    await turn();
    assert.equal(countDescriptors(), before);
  });

  test('that was not sent before the stream is destroyed', async () => {
    const before = countDescriptors();
    const [a, b] = pair();
    const file = openSync('/dev/null', 'r');
    a.write(Buffer.alloc(4 * MEBIBYTE));
    for (let i = 0; i < 10; i++) a.writeWithFds('x', [file]);
    await turn();
    a.destroy();
    a.writeWithFds('x', [file]);
    b.destroy();
    closeSync(file);
    await turn();
    assert.equal(countDescriptors(), before);
  });

  test('that arrives after the stream has been destroyed', async () => {
    const before = countDescriptors();
    const [a, b] = socketpair();
    const duplex = b.toDuplex({ keepOpen: true });
    duplex.on('fds', () => assert.fail('it is over')).resume();
    await turn();
    const file = openSync('/dev/null', 'r');
    a.sendFdsSync('x', [file]);
    closeSync(file);
    duplex.destroy();
    await delay(5);
    a.close();
    b.close();
    await turn();
    assert.equal(countDescriptors(), before);
  });

  test('of several of which one is not open', async () => {
    const before = countDescriptors();
    const [a, b] = pair();
    const file = openSync('/dev/null', 'r');
    assert.throws(() => a.writeWithFds('x', [file, 999_999]), { code: 'EBADF', syscall: 'dup' });
    assert.throws(() => a.writeWithFds('x', [-1]), { code: 'ERR_OUT_OF_RANGE' });
    assert.throws(() => a.writeWithFds('', [file]), { code: 'ERR_INVALID_ARG_VALUE' });
    assert.throws(() => a.writeWithFds('x', new Array(254).fill(file)), { code: 'ERR_INVALID_ARG_VALUE' });
    assert.throws(() => a.writeWithFds('x', 5 as never), { code: 'ERR_INVALID_ARG_TYPE' });
    assert.equal(a.writeWithFds('none', []), true);
    assert.equal(String((await once(b, 'data'))[0]), 'none');
    closeSync(file);
    a.destroy();
    b.destroy();
    await turn();
    assert.equal(countDescriptors(), before);
  });
});

test('the callback of writeWithFds is called when everything is sent', async () => {
  const [a, b] = pair();
  const file = openSync('/dev/null', 'r');
  const error = await new Promise(resolve => a.writeWithFds('x', [file], resolve));
  assert.equal(error ?? null, null);
  b.on('fds', ([fd]: number[]) => close(fd!));
  await once(b, 'data');
  closeSync(file);
  a.destroy();
  b.destroy();
});

test('TCP does not support writeWithFds', async () => {
  const { tcpPair } = await import('./support.js');
  const [a, b] = await tcpPair();
  const duplex = a.toDuplex();
  assert.equal('writeWithFds' in duplex, false);
  assert.equal(duplex instanceof UnixDuplex, false);
  duplex.destroy();
  b.close();
});

test('a Python process receives descriptors, and sends them back', { skip: withoutPython }, async () => {
  const [here, there] = socketpair();
  const program = besideSource('fds.py', import.meta.url);
  const child = spawn(python, [program], { stdio: [there.fd, 'inherit', 'inherit'] });
  const exit = once(child, 'exit');
  there.close();
  const duplex = here.toDuplex();
  const { read, write } = makePipe();
  const events = record(duplex);
  for (const word of ['one', 'two', 'three']) {
    events.length = 0;
    duplex.writeWithFds(word, [write]);
    while (events.length < 2) await once(duplex, 'data');
    const [fds, answer] = events as [number[], string];
    assert.equal(answer, word.toUpperCase());
    writeFileSync(pathOf(fds[0]!), '!');
    close(fds[0]!);
    const buffer = Buffer.alloc(16);
    assert.equal(buffer.toString('utf8', 0, readSync(read, buffer)), `${word}!`);
  }
  duplex.end();
  assert.deepEqual(await exit, [0, null]);
  closeSync(read);
  closeSync(write);
});

test('at RLIMIT_NOFILE dropped descriptors are an EMFILE error, unless there is no listener', () => {
  const child = fileURLToPath(new URL('dropped-child.js', import.meta.url));
  const output = execFileSync('sh', ['-c', 'ulimit -n 300 && exec "$@"', 'sh', process.execPath, child], {
    encoding: 'utf8',
  });
  const failed = ['3 descriptors', 'first', 'recvmsg EMFILE', 'close'];
  assert.deepEqual(JSON.parse(output), [
    { events: failed, rest: '', leaked: 0 },
    { events: failed, rest: 'second', leaked: 0 },
    { events: ['first', 'second', 'close'], rest: '', leaked: 0 },
  ]);
});
