/** Stacks start at the caller's frame, and cost little when they are not read. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import {
  AF_INET,
  formatAddress,
  getaddrinfo,
  if_nametoindex,
  inet_aton,
  SOCK_DGRAM,
  Socket,
  SocketError,
} from 'berkeley';
import { failureOf } from '../support/failure.js';
import { runtimes } from '../support/runtimes.js';
import { built } from '../tables/constants.js';

const { foldersOf, splitStack, trimFrames, trimStack } = await import(built('src/errors/stack.ts'));

const otherRuntimes = runtimes.filter(({ name }) => !name.startsWith('Node.js'));

/** This file, as frames name it: with slashes also on Windows. */
const here = new URL(import.meta.url).pathname;

function framesOf(error: unknown): string[] {
  assert.ok(error instanceof Error);
  return splitStack(error.stack)[1];
}

function udp(): Socket<'inet'> {
  const socket = new Socket(AF_INET, SOCK_DGRAM);
  socket.timeout = 0;
  return socket;
}

/** Calls that fail at once, each made by a function named `caller`. */
const calls: Readonly<Record<string, (socket: Socket<'inet'>) => unknown>> = {
  'a system call': socket => socket.getpeername(),
  'a Sync call that would wait': socket => socket.recvSync(1),
  'a Sync argument of a wrong type': socket => socket.recvSync('1' as never),
  'a promise call that the kernel refuses': socket => socket.send('x'),
  'an argument of a promise call': socket => socket.recv(-1),
  'an address': socket => socket.bind({ host: '127.0.0.1', port: 65536 }),
  'a constructor': () => new Socket(AF_INET, 77),
  'a constructor with a wrong argument': () => new Socket('inet' as never),
  'a function': () => inet_aton('no address'),
  'a function of the system': () => if_nametoindex('no-such-interface'),
  'an address that is none': () => formatAddress({ family: 'inet', host: '127.0.0.1' } as never),
};

describe('the stack of an error starts at the caller', () => {
  for (const [name, call] of Object.entries(calls)) {
    test(name, async () => {
      using socket = udp();
      const caller = (): unknown => call(socket);
      const [first, second] = framesOf(await failureOf(caller));
      assert.ok(first?.includes(here), first);
      // The frames below the arrow function of the table are the one above, and then the helper of this
      // library.
      assert.match(second!, /caller/);
    });
  }
});

test('the stack of a call on a closed socket starts at the caller', async () => {
  const socket = udp();
  socket.close();
  for (const call of [() => socket.recvSync(1), () => socket.recv(1), () => socket.getsockname()]) {
    assert.ok(framesOf(await failureOf(call))[0]?.includes(here));
  }
});

test('an error of a look-up names the function that awaits it', async () => {
  const asker = async (): Promise<unknown> => await getaddrinfo('no host', 1);
  const [first] = framesOf(await failureOf(asker));
  assert.match(first!, /async asker/);
  assert.ok(first!.includes(here));
});

test('the caller gets as many frames as Error.stackTraceLimit', () => {
  using socket = udp();
  const deep = (depth: number): unknown => (depth === 0 ? socket.recvSync(1) : [deep(depth - 1)]);
  for (const limit of [3, 10, 20]) {
    const before = Error.stackTraceLimit;
    Error.stackTraceLimit = limit;
    try {
      assert.throws(
        () => deep(30),
        error => framesOf(error).length === limit,
      );
      assert.throws(
        () => socket.recvSync('x' as never),
        error => framesOf(error).length <= limit,
      );
    } finally {
      assert.equal(Error.stackTraceLimit, limit, 'the limit is put back');
      Error.stackTraceLimit = before;
    }
  }
});

test('with a limit of 0 the stack has one line, and errors work', () => {
  using socket = udp();
  const before = Error.stackTraceLimit;
  try {
    Error.stackTraceLimit = 0;
    assert.throws(() => socket.recvSync(1), { stack: 'BlockingError: recv EAGAIN' });
    Error.stackTraceLimit = undefined as never;
    assert.throws(() => socket.recvSync(1), { code: 'EAGAIN', message: 'recv EAGAIN' });
  } finally {
    Error.stackTraceLimit = before;
  }
});

test('a stack is an ordinary property: it can be read, written, inspected and cloned', async () => {
  using socket = udp();
  const error = (await failureOf(() => socket.recvSync(1))) as Error;
  assert.match(error.stack!, /^BlockingError: recv EAGAIN\n {4}at /);
  assert.equal(error.stack, error.stack);
  assert.ok(!Object.keys(error).includes('stack'));
  assert.ok(inspect(error).startsWith(error.stack!));
  assert.equal(structuredClone(error).stack, error.stack);
  assert.equal(Object.create(error).stack, error.stack);
  assert.equal(Object.create(SocketError.prototype).stack, undefined);
  error.stack = 'mine';
  assert.equal(error.stack, 'mine');
});

test('Error.prepareStackTrace of a program determines the stack', () => {
  using socket = udp();
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (_, sites) => sites.map(site => site.getFileName());
  try {
    for (const call of [() => socket.recvSync(1), () => socket.recvSync('x' as never)]) {
      assert.throws(call, error => Array.isArray((error as { stack: unknown }).stack));
    }
  } finally {
    Error.prepareStackTrace = before;
  }
});

test('a read-only Error.stackTraceLimit is not changed', () => {
  const program = `
    const { Socket } = await import(${JSON.stringify(import.meta.resolve('berkeley'))});
    const socket = new Socket(2, 2);
    socket.timeout = 0;
    try { socket.recvSync(1); } catch (error) { console.log(error.stack.split('\\n')[0]); }
    try { socket.recvSync('x'); } catch (error) { console.log(error.code); }`;
  const options = ['--frozen-intrinsics', '--no-warnings', '--input-type=module', '-e', program];
  const printed = execFileSync(process.execPath, options, { encoding: 'utf8' });
  assert.deepEqual(printed.trim().split('\n'), ['BlockingError: recv EAGAIN', 'ERR_INVALID_ARG_TYPE']);
});

const program = `
  import { Socket } from ${JSON.stringify(import.meta.resolve('berkeley'))};
  const socket = new Socket(2, 2);
  socket.timeout = 0;
  function caller(call) {
    try { call(); } catch (error) { console.log(error.stack.split('\\n').slice(0, 2).join(' ')); }
  }
  caller(() => socket.recvSync(1));
  caller(() => socket.recvSync('x'));
  await socket.send('x').catch(error => console.log(error.stack.split('\\n')[1]));`;

for (const { name, command, args, skip } of otherRuntimes) {
  test(`the stacks are the same on ${name}`, { skip }, () => {
    // Inside the package: Deno resolves `#binding` only for programs that belong to it.
    const folder = mkdtempSync(fileURLToPath(new URL('./stack-', import.meta.url)));
    const file = join(folder, 'program.mjs');
    writeFileSync(file, program);
    try {
      const printed = execFileSync(command, [...args, file], { encoding: 'utf8' })
        .trim()
        .split('\n');
      assert.equal(printed.length, 3);
      for (const line of printed) assert.match(line, /at .*program\.mjs/, line);
      assert.match(printed[0]!, /^BlockingError: recv EAGAIN/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

describe('frames', () => {
  const folders = ['/pkg/dist/', '/pkg/src/'];
  const own = '    at run (file:///pkg/dist/socket/run.js:1:2)';
  const mapped = '    at run (/pkg/src/socket/run.ts:1:2)';
  const promise = '    at new Promise (<anonymous>)';
  const internal = '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)';
  const caller = '    at main (file:///app/main.js:3:4)';

  test('of the package are removed from the top, with those of the runtime between them', () => {
    assert.deepEqual(trimFrames([own, promise, mapped, caller, own], folders), [caller, own]);
    assert.deepEqual(trimFrames([own, '    at Array.map (<anonymous>)', caller], folders), [
      '    at Array.map (<anonymous>)',
      caller,
    ]);
    assert.deepEqual(trimFrames([caller, own], folders), [caller, own]);
  });

  test('are kept if the caller is not among them', () => {
    assert.deepEqual(trimFrames([own, mapped, internal], folders), [own, mapped, internal]);
    assert.deepEqual(trimFrames([], folders), []);
  });

  test('in other formats are recognised', () => {
    const windows = '    at run (C:\\pkg\\dist\\socket\\run.js:1:2)';
    assert.deepEqual(trimFrames([windows, caller], ['C:/pkg/dist/']), [caller]);
    assert.deepEqual(trimFrames(['run@file:///pkg/dist/run.js:1:2', 'main@/app.js:1:2'], folders), [
      'main@/app.js:1:2',
    ]);
    assert.deepEqual(trimFrames(['    at new X (unknown:1:28)', own, caller], folders), [caller]);
    const test = '    at x (file:///pkg/dist/socket/run.test.js:1:2)';
    assert.deepEqual(trimFrames([own, test], folders), [test]);
  });

  test('give the location of the package', () => {
    const of = (file: string) => foldersOf(`    at here (${file}:1:2)`);
    const root = '/app/node_modules/berkeley/';
    const both = [`${root}dist/`, `${root}src/`];
    assert.deepEqual(of(`file://${root}dist/errors/stack.js`), both);
    assert.deepEqual(of(`${root}dist/chunk-X1.cjs`), both);
    assert.deepEqual(of(`${root}src/errors/stack.ts`), both);
    assert.deepEqual(of('C:\\app\\dist\\errors\\stack.js'), ['C:/app/dist/', 'C:/app/src/']);
    // The package is part of the program's bundle, so its frames cannot be distinguished.
    assert.deepEqual(of('/app/dist/bundle.js'), []);
    assert.deepEqual(foldersOf('    at new Promise (<anonymous>)'), []);
  });

  test('of this repository are found by its package.json', () => {
    const dist = new URL('.', import.meta.resolve('berkeley')).pathname;
    assert.ok(foldersOf(`    at x (file://${dist}chunk-1.js:1:2)`).includes(dist));
  });

  test('of an error from other code stay unchanged', () => {
    const error = new Error('mine');
    const { stack } = error;
    assert.equal(trimStack(error).stack, stack);
  });
});
