/**
 * The imports between the units of src go in one direction, and each list that needs an entry per family has
 * every family.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../tables/root.js';
import { mistakesOf, NUMBERS, onlyForwards, type Sources, type Unit, violations } from './support/arrows.js';

/** Units that nearly every unit needs. */
const base = ['layout', 'constants', 'errors', 'binding.ts'];

/** The units that the parts of a socket consist of. */
const parts = ['options', 'families', 'bpf', 'message', 'resolver', 'address', 'reactor', ...base];

/** The units below the entry points. */
const all = ['internet', 'netlink', 'select', 'socket API', 'streams', 'socket', ...parts];

/**
 * The allowed imports, including types. A unit may import only units below it, so that there are no cycles.
 * Every unit may import numbers.
 */
const table: readonly Unit[] = [
  // Entry points.
  { name: 'index.ts', imports: all },
  { name: 'activation.ts', imports: ['activation'] },
  { name: 'control.ts', imports: ['socket API', 'families', 'message', 'address', 'layout'] },
  { name: 'dgram.ts', imports: ['dgram'] },
  { name: 'net.ts', imports: ['net'] },
  { name: 'netlink.ts', imports: ['netlink', 'families', 'layout'] },
  { name: 'select.ts', imports: ['select'] },
  { name: 'socketserver.ts', imports: ['socketserver'] },
  { name: 'tls.ts', imports: ['tls'] },
  // Units that use sockets.
  { name: 'activation', imports: ['socket API', ...parts] },
  { name: 'dgram', imports: ['socket API', 'socket', ...parts] },
  { name: 'tls', imports: ['net', 'internet', 'socket API', 'streams', 'socket', ...parts] },
  { name: 'net', imports: ['internet', 'socket API', 'streams', 'socket', ...parts] },
  { name: 'socketserver', imports: ['socket API', 'streams', 'socket', ...parts] },
  { name: 'internet', imports: ['socket API', 'socket', ...parts] },
  { name: 'netlink', imports: ['socket API', 'socket', ...parts] },
  { name: 'select', imports: ['socket API', 'socket', 'address', 'reactor', ...base] },
  // The class, and the functions that create sockets. They are above streams, which access a socket through
  // an interface.
  {
    name: 'socket API',
    files: ['socket/socket.ts', 'socket/functions.ts'],
    imports: ['streams', 'socket', ...parts],
  },
  { name: 'streams', imports: ['socket', 'message', 'address', 'reactor', ...base] },
  { name: 'socket', imports: parts },
  // The units that sockets consist of.
  { name: 'options', imports: ['families', 'bpf', 'address', ...base] },
  { name: 'families', imports: ['message', 'resolver', 'address', 'reactor', ...base] },
  { name: 'bpf', imports: base },
  { name: 'message', imports: ['address', 'reactor', ...base] },
  { name: 'resolver', imports: ['address', 'reactor', ...base] },
  { name: 'address', imports: ['reactor', ...base] },
  // Units without knowledge of addresses.
  { name: 'reactor', imports: base },
  { name: 'layout', imports: ['constants', 'errors', 'binding.ts'] },
  { name: 'constants', imports: ['errors'] },
  { name: 'errors', imports: [] },
  { name: 'binding.ts', imports: [] },
  // The generated constants, sizes and offsets, and the modules that they use: the types of constants, and the choice
  // of a platform's number.
  {
    name: NUMBERS,
    files: [
      'constants/constant.ts',
      'constants/exceptions.ts',
      'constants/kinds.ts',
      'constants/layout-of.ts',
      'constants/lazy.ts',
      'errors/errno-of.ts',
    ],
    imports: [],
  },
];

/** Files that may consist of exports alone: entry points, and the names for one `import *` or `export *`. */
const forwarders = [
  /^[a-z]+\.ts$/,
  /^(bpf|options)\/index\.ts$/,
  /^options\/([a-z0-9]+\/index|codec)\.ts$/,
  /^constants\/root\.ts$/,
  /^families\/([a-z0-9]+\/)?index\.ts$/,
];

function readSources(): Sources {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  const sources = files.map(file => file.replaceAll('\\', '/')).filter(file => file.endsWith('.ts'));
  return new Map(sources.sort().map(file => [file, readFileSync(join(root, 'src', file), 'utf8')]));
}

describe('the sources', () => {
  const sources = readSources();

  test('the table allows no cycles, and all of its units exist', () => {
    assert.deepEqual(mistakesOf(table, sources), []);
  });

  test('import only what the table allows', () => {
    assert.ok(sources.size > 100);
    assert.equal(violations(sources, table).join('\n'), '');
  });

  test('contain no file that only re-exports, except entry points', () => {
    const found = [...sources].filter(([, text]) => onlyForwards(text)).map(([file]) => file);
    assert.deepEqual(
      found.filter(file => !forwarders.some(pattern => pattern.test(file))),
      [],
    );
  });

  test('have a line in docs/architecture.md for each folder', () => {
    const parts = /```text\n([\s\S]*?)```/.exec(
      readFileSync(join(root, 'docs/architecture.md'), 'utf8'),
    )![1]!;
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter(entry =>
      entry.isDirectory(),
    );
    assert.deepEqual(
      folders.map(({ name }) => name).filter(name => !new RegExp(`^  ${name}/ `, 'm').test(parts)),
      [],
    );
  });

  test('contain no tests, so that the package has none', () => {
    assert.deepEqual(
      [...sources.keys()].filter(file => file.endsWith('.test.ts')),
      [],
    );
  });
});

describe('each address family', () => {
  const folders = readdirSync(join(root, 'src/families'), { withFileTypes: true });
  const families = folders.filter(entry => entry.isDirectory()).map(({ name }) => name);
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  const tests = readdirSync(join(root, 'test/families'));

  test('is found', () => assert.ok(families.length >= 16));

  for (const family of families) {
    test(`${family} is in every list`, () => {
      assert.match(read('src/families/index.ts'), new RegExp(`'\\./${family}/index\\.js'`));
      assert.ok(read('README.md').includes(`](src/families/${family}/README.md)`), 'the table in README.md');
      assert.match(read('tables/subjects/index.ts'), new RegExp(`'\\./${family}\\.js'`));
      if (existsSync(join(root, `src/families/${family}/control.ts`)))
        assert.match(read('src/control.ts'), new RegExp(`'\\./families/${family}/[a-z-]*control\\.js'`));
      const own = new RegExp(`^${family}(-.*)?\\.test\\.ts$`);
      assert.ok(
        tests.some(file => own.test(file)),
        `test/families/${family}.test.ts`,
      );
    });
  }
});

describe('the check of imports', () => {
  const small: readonly Unit[] = [
    { name: 'index.ts', imports: ['socket API', 'streams', 'socket'] },
    { name: 'socket API', files: ['socket/socket.ts'], imports: ['streams', 'socket'] },
    { name: 'streams', imports: ['socket'] },
    { name: 'socket', imports: [] },
  ];
  const sound: Sources = new Map([
    ['index.ts', `export * from './socket/socket.js';`],
    ['socket/socket.ts', `import { duplex } from '../streams/duplex.js';\nimport './core.js';`],
    ['socket/core.ts', `import { AF_UNIX } from '../families/unix/constants.js';\nimport fs from 'node:fs';`],
    ['streams/duplex.ts', `import type { Core } from '../socket/core.js';`],
    ['families/unix/constants.ts', '// Generated by `npm run tables` from tables/: DO NOT EDIT.\n'],
  ]);
  const withFile = (file: string, text: string): Sources => new Map([...sound, [file, text]]);

  test('accepts imports of lower units', () => {
    assert.deepEqual(violations(sound, small), []);
    assert.deepEqual(mistakesOf(small, sound), []);
  });

  for (const text of [
    `import { Socket } from '../socket/socket.js';`,
    `import type { Socket } from '../socket/socket.js';`,
    `import { type Socket } from '../socket/socket.js';`,
    `export type { Socket } from '../socket/socket.js';`,
    `export * from '../socket/socket.js';`,
    `import '../socket/socket.js';`,
    `export const socket = await import('../socket/socket.js');`,
    `export type Socket = import('../socket/socket.js').Socket;`,
  ]) {
    test(`finds an inverted arrow: ${text}`, () => {
      assert.deepEqual(violations(withFile('streams/web.ts', text), small), [
        'streams -> socket API: streams/web.ts imports socket/socket.ts',
      ]);
    });
  }

  test('finds an arrow that the table does not allow', () => {
    const found = violations(withFile('socket/send.ts', `import '../streams/duplex.js';`), small);
    assert.deepEqual(found, ['socket -> streams: socket/send.ts imports streams/duplex.ts']);
  });

  test('finds a file outside all units', () => {
    assert.deepEqual(violations(withFile('util/misc.ts', ''), small), ['util/misc.ts: no unit has it']);
  });

  test('finds a package', () => {
    const found = violations(withFile('socket/send.ts', `import { Socket } from 'berkeley';`), small);
    assert.deepEqual(found, ['socket -> nowhere: socket/send.ts imports berkeley']);
  });

  test('finds a table that allows a cycle, or has a superfluous unit', () => {
    const turned = small.map(unit => (unit.name === 'socket' ? { ...unit, imports: ['streams'] } : unit));
    assert.deepEqual(mistakesOf(turned, sound), ['socket -> streams: it does not stand below']);
    const more = [...small, { name: 'select', imports: [] }];
    assert.deepEqual(mistakesOf(more, sound), ['select: no file is in it']);
    const gone = small.map(unit =>
      unit.files ? { ...unit, files: [...unit.files, 'socket/old.ts'] } : unit,
    );
    assert.deepEqual(mistakesOf(gone, sound), ['socket/old.ts: no such file']);
  });

  test('recognises a file that only re-exports', () => {
    assert.equal(
      onlyForwards(`/** Names. */\nimport { a } from './a.js';\nexport { a };\nexport * from './b.js';`),
      true,
    );
    assert.equal(onlyForwards(`import { a } from './a.js';\nexport const b = a;`), false);
    assert.equal(onlyForwards(`export type { A } from './a.js';\nexport type B = string;`), false);
  });
});
