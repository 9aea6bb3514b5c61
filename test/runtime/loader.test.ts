/** Which binary is loaded: BERKELEY_BINDING, from the working directory, or the package's own; and what is said if none is. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { denoCommand } from '../support/runtimes.js';

const entry = import.meta.resolve('berkeley');
const root = fileURLToPath(new URL('..', entry));
const { interpreter, target } = createRequire(import.meta.url)('#binding') as {
  interpreter(bytes: Buffer): string;
  target(): string;
};
const binary = join(root, `prebuilds/${target()}.node`);
const folder = mkdtempSync(join(tmpdir(), 'berkeley-binding-'));
after(() => rmSync(folder, { recursive: true }));

const program = `
  const { Socket } = await import(${JSON.stringify(entry)});
  new Socket().close();
  const { sharedObjects } = process.report.getReport();
  console.log(sharedObjects.filter(path => path.endsWith('.node')).join());`;

function load(BERKELEY_BINDING: string | undefined, before = ''): { out: string; err: string } {
  const { BERKELEY_BINDING: _, ...others } = process.env;
  const env = BERKELEY_BINDING === undefined ? others : { ...others, BERKELEY_BINDING };
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', before + program], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { out: stdout.trim(), err: stderr };
}

test('BERKELEY_BINDING is relative to the working directory', () => {
  copyFileSync(binary, join(folder, 'copy.node'));
  for (const path of [
    'copy.node',
    './copy.node',
    `../${basename(folder)}/copy.node`,
    join(folder, 'copy.node'),
  ])
    assert.equal(load(path).out, join(folder, 'copy.node'), path);
});

test('an empty or absent variable loads the package’s own binary', () => {
  for (const none of [undefined, '']) assert.equal(load(none).out, binary);
});

test('the error has the full path of a missing binary', () => {
  const { out, err } = load('missing.node');
  assert.equal(out, '');
  assert.ok(err.includes(`${join(folder, 'missing.node')} does not exist`), err);
});

describe('the error', () => {
  const builds = /node node_modules\/berkeley\/scripts\/build-native\.mjs --target (\S+)/;

  test('of a file that does not load says why, and how to build another', () => {
    const bytes = readFileSync(binary);
    bytes.writeUInt16LE(2, 18); // the machine: SPARC
    writeFileSync(join(folder, 'foreign.node'), bytes);
    const { out, err } = load('foreign.node');
    assert.equal(out, '');
    assert.ok(
      err.includes(`could not load its binary for ${target()} (Node.js ${process.versions.node}, `),
      err,
    );
    assert.match(err, /foreign\.node did not load: \S+/);
    assert.equal(builds.exec(err)?.[1], target());
  });

  test('of a binary for another C library says which', {
    skip: process.platform !== 'linux' && 'one C library per system',
  }, () => {
    const bytes = readFileSync(binary);
    const glibc = bytes.indexOf('\0libc.so.6\0', 0, 'latin1');
    const [own, other] = glibc < 0 ? ['musl', 'glibc'] : ['glibc', 'musl'];
    const at = glibc < 0 ? bytes.indexOf('\0libc.so\0', 0, 'latin1') : glibc;
    // musl's name and a NUL in place of glibc's; the other way round it only has to be read.
    bytes.write(other === 'musl' ? 'libc.so\0\0' : 'libc.so.6', at + 1, 'latin1');
    bytes.writeUInt16LE(2, 18); // a machine that does not load on either
    writeFileSync(join(folder, 'libc.node'), bytes);
    const { out, err } = load('libc.node');
    assert.equal(out, '');
    assert.ok(err.includes(`It is linked against ${other}, and this process runs on ${own}.`), err);
    assert.equal(builds.exec(err)?.[1], target());
    assert.doesNotMatch(load('missing.node').err, /It is linked/);
  });

  test('of a platform without a binary names it, and the size of its words', () => {
    const { out, err } = load(undefined, `Object.defineProperty(process, 'arch', { value: 'ia32' });`);
    assert.equal(out, '');
    const name = target().replace(process.arch, 'ia32');
    assert.ok(err.includes(`for ${name} (Node.js`) && err.includes('a 32-bit process'), err);
    assert.ok(err.includes(`${join(root, 'prebuilds', name)}.node does not exist`), err);
    assert.equal(builds.exec(err)?.[1], name);
  });

  test('of another addon says that it is one', () => {
    writeFileSync(join(folder, 'other.js'), 'exports.hello = () => {};');
    assert.match(load('other.js').err, /other\.js did not load: it is another addon/);
  });
});

describe('the loader of an executable', () => {
  /** The head of an ELF file with one other program header, and one that names a loader. */
  function executable(loader: string, wide: boolean, little: boolean): Buffer {
    const [header, entry] = wide ? [64, 56] : [52, 32];
    const text = header + 2 * entry;
    const bytes = Buffer.alloc(Math.max(text + loader.length + 1, 64));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const word = (at: number, value: number) =>
      wide ? view.setBigUint64(at, BigInt(value), little) : view.setUint32(at, value, little);
    bytes.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, little ? 1 : 2]);
    word(wide ? 32 : 28, header);
    view.setUint16(wide ? 54 : 42, entry, little);
    view.setUint16(wide ? 56 : 44, 2, little);
    view.setUint32(header, 6, little);
    view.setUint32(header + entry, 3, little);
    word(header + entry + (wide ? 8 : 4), text);
    word(header + entry + (wide ? 32 : 16), loader.length + 1);
    bytes.write(loader, text);
    return bytes;
  }

  test('is read in every form, and a file that is damaged has none', () => {
    const loader = '/lib/ld-musl-x.so.1';
    for (const wide of [true, false]) {
      for (const little of [true, false]) {
        const bytes = executable(loader, wide, little);
        assert.equal(interpreter(bytes), loader);
        for (let length = 0; length < bytes.length; length++)
          assert.ok(loader.startsWith(interpreter(bytes.subarray(0, length))));
      }
    }
    assert.equal(interpreter(Buffer.from('#!/bin/sh'.padEnd(64))), '');
  });
});

test('Deno asks for no permission but --allow-ffi', {
  skip: denoCommand === undefined && 'npm run runtimes',
}, () => {
  const own = join(folder, 'node_modules/berkeley');
  mkdirSync(join(own, 'prebuilds'), { recursive: true });
  for (const part of ['dist', 'binding.cjs', 'package.json'])
    cpSync(join(root, part), join(own, part), { recursive: true });
  copyFileSync(binary, join(own, 'prebuilds', basename(binary)));
  writeFileSync(join(folder, 'package.json'), '{"type":"module","dependencies":{"berkeley":"*"}}');
  const lines = `import { socketpair } from 'berkeley'; const [a, b] = socketpair(); a.sendSync('x');
    console.log(String(await b.recv(1))); a.close(); b.close();`;
  writeFileSync(join(folder, 'program.js'), lines);
  const { stdout, stderr } = spawnSync(denoCommand!, ['run', '--no-prompt', '--allow-ffi', 'program.js'], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.equal(stdout, 'x\n', stderr);
});
