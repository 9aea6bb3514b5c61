/**
 * Which files an import loads. Every other file is loaded when it is first used, so none of them may need
 * another one that needs it.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { PackedProject } from '../support/packed.js';
import { run } from './consumers.js';

const project = new PackedProject();
after(() => project.dispose());
const folder = join(project.installed, 'dist');
const files = readdirSync(folder).filter(name => name.endsWith('.cjs'));

/** Runs code in a new process. Returns what it prints as JSON. */
async function evaluate(code: string, ...flags: string[]): Promise<unknown> {
  const { out } = await run(project.folder, process.execPath, ...flags, '--eval', code);
  try {
    return JSON.parse(out);
  } catch {
    assert.fail(out.slice(0, 2000));
  }
}

/** The files that each entry point needs at once. */
const needed: Readonly<Record<string, readonly string[]>> = {
  index: ['base', 'constant', 'core'],
  activation: [],
  bpf: ['base', 'constant', 'filters'],
  constants: ['constant', 'table'],
  control: ['base', 'constant', 'control-rows', 'records'],
  dgram: ['base', 'calls', 'constant', 'core', 'datagram-sockets'],
  net: ['base', 'constant', 'net-sockets', 'stream-classes'],
  netlink: ['base', 'constant'],
  options: [],
  select: ['base', 'constant', 'core'],
  socketserver: [],
  tls: [],
};

const LIST = `console.log(JSON.stringify(Object.keys(require.cache)
  .filter(file => file.endsWith('.cjs')).map(file => require('node:path').basename(file, '.cjs'))))`;

describe('require of an entry point loads only what it needs', () => {
  for (const [entry, others] of Object.entries(needed)) {
    test(entry, async () => {
      const loaded = await evaluate(`require(${JSON.stringify(join(folder, `${entry}.cjs`))}); ${LIST}`);
      const addon = others.includes('core') ? ['binding'] : [];
      assert.deepEqual((loaded as string[]).sort(), [...others, ...addon, entry].sort());
    });
  }

  test('berkeley, and of Node.js no stream and no worker', async () => {
    const code = `const before = new Set(process.moduleLoadList); require('berkeley');
      console.log(JSON.stringify(process.moduleLoadList.filter(name => !before.has(name))))`;
    const loaded = (await evaluate(code)) as string[];
    assert.deepEqual(
      loaded.filter(name => /NativeModule (stream|worker_threads|perf_hooks|net|url)$/.test(name)),
      [],
    );
  });
});

test('the classes of servers, which import needs at once, load neither the sockets nor the addon', async () => {
  const entry = JSON.stringify(join(folder, 'socketserver.cjs'));
  const loaded = await evaluate(`Object.values(require(${entry})); ${LIST}`);
  assert.deepEqual((loaded as string[]).sort(), ['base', 'constant', 'servers', 'socketserver']);
});

test('every file can be the first that is loaded', async () => {
  for (const file of files) {
    const code = `process.on('warning', ({ message }) => { throw new Error(message); });
      require(${JSON.stringify(join(folder, file))}); setImmediate(() => console.log('true'));`;
    assert.equal(await evaluate(code), true, file);
  }
});

describe('an export that stands for a function of a file that is not loaded', () => {
  test('calls it', async () => {
    const code = `console.log(JSON.stringify(require('berkeley').getservbyname('http', 'tcp')))`;
    assert.equal(await evaluate(code), 80);
  });

  test('throws errors whose stack begins at the caller', async () => {
    const code = `const b = require('berkeley');
      function caller() { b.getprotobyname(1); }
      try { caller(); } catch (error) { console.log(JSON.stringify(error.stack.split('\\n')[1])); }`;
    assert.match(String(await evaluate(code)), /at caller/);
  });
});

test('a class is loaded when it is first read, and stays the same', async () => {
  const code = `const b = require('berkeley');
    const before = Object.keys(require.cache).some(file => file.endsWith('stream-classes.cjs'));
    const first = b.SocketDuplex;
    const [left, right] = b.socketpair();
    const duplex = left.toDuplex();
    console.log(JSON.stringify([before, first === b.SocketDuplex, duplex instanceof b.SocketDuplex]));
    duplex.destroy(); right.close();`;
  assert.deepEqual(await evaluate(code), [false, true, true]);
});

test('a namespace of options has its rows', async () => {
  const code = `const { so, tcp } = require('berkeley/options');
    console.log(JSON.stringify([typeof so.rcvbuf.option, so.absent === undefined, 'nodelay' in tcp,
      Object.keys(tcp).length > 40, Object.prototype.toString.call(so)]))`;
  assert.deepEqual(await evaluate(code), ['number', true, true, true, '[object Module]']);
});

test('an address of a family that is not loaded is decoded, formatted and parsed', async () => {
  const code = `const b = require('berkeley');
    const can = b.parseAddress('can:vcan0');
    console.log(JSON.stringify([can.family, b.formatAddress(can), b.familyName(b.AF_TIPC)]))`;
  assert.deepEqual(await evaluate(code), ['can', 'can:vcan0', 'AF_TIPC']);
});

test('in a worker, descriptors are closed at its end, as in the main thread', async () => {
  const code = `const { Worker } = require('node:worker_threads');
    const { readdirSync } = require('node:fs');
    const count = () => readdirSync('/proc/self/fd').length;
    const program = "const b = require('berkeley'); b.socketpair().length; new b.Socket(); process.emitWarning = () => {};";
    const start = () => new Promise(end => new Worker(program, { eval: true }).on('exit', end));
    start().then(async () => {
      const before = count();
      for (let i = 0; i < 5; i++) await start();
      console.log(JSON.stringify(count() - before));
    });`;
  assert.equal(await evaluate(code), 0);
});

test('no line is so long that an uncaught error hides behind it', () => {
  for (const file of files.filter(name => !/^(table|index)\.cjs$/.test(name))) {
    const lines = readFileSync(join(folder, file), 'utf8').split('\n');
    assert.ok(Math.max(...lines.map(line => line.length)) < 12_000, file);
  }
});

test('every file is in strict mode, as the sources are', () => {
  for (const file of files)
    assert.match(readFileSync(join(folder, file), 'utf8'), /^['"]use strict['"];/, file);
});
