/** Files over sockets here and in Python: the same bytes and the same calls have to give the same results. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { random } from '../support/bytes.js';
import { askPython, besideSource, withoutPython } from '../support/python.js';
import { type Call, play, type Scene } from './makefile-scenes.js';

const hex = (text: string, encoding: BufferEncoding = 'utf8'): string =>
  Buffer.from(text, encoding).toString('hex');
const LINES = 'one\ntwo\r\nthree\rfour\n\nfünf 한국어 😀\r\r\nlast';
const NEWLINES = [null, '', '\n', '\r', '\r\n'] as const;

function reading(name: string, scene: Partial<Scene>): [string, Scene] {
  return [name, { mode: 'r', text: {}, feed: [hex(LINES)], calls: [['lines']], ...scene }];
}

function writing(name: string, scene: Partial<Scene>): [string, Scene] {
  return [name, { mode: 'w', text: {}, feed: [], calls: [['write', LINES]], ...scene }];
}

const scenes: readonly (readonly [string, Scene])[] = [
  ...NEWLINES.flatMap(newline => [
    reading(`lines that end with ${JSON.stringify(newline)}`, { text: { newline } }),
    reading(`the same, with the ends cut in two`, {
      text: { newline },
      feed: ['610d', '0a620d', '63', '0a0d', '0d0a'],
    }),
    writing(`text whose lines end with ${JSON.stringify(newline)}`, { text: { newline } }),
  ]),
  reading('amounts and limits', {
    calls: [
      ['read', 2],
      ['readline', 3],
      ['readline', 0],
      ['read', 0],
      ['readline'],
      ['read', 5],
      ['read', -1],
      ['read', 3],
    ],
  }),
  reading('bytes: amounts, limits, memory', {
    mode: 'rb',
    calls: [
      ['read', 2],
      ['readline', 3],
      ['readinto', 7],
      ['readline'],
      ['read', 0],
      ['readinto', 99],
      ['readinto', 5],
    ],
  }),
  reading('bytes, by lines', { mode: 'rb', feed: ['0a61', '620a', '0d0a63'] }),
  reading('bytes, all', { mode: 'rb', calls: [['read'], ['read']] }),
  reading('a small buffer', {
    mode: 'rb',
    buffering: 3,
    calls: [['readline'], ['read', 10], ['readline'], ['read']],
  }),
  reading('no buffer', {
    mode: 'rb',
    buffering: 0,
    calls: [['readline'], ['read', 2], ['readline'], ['readline', 3], ['readinto', 4], ['read']],
  }),
  reading('latin1', { text: { encoding: 'latin1' }, feed: ['80e9ff0a', '9f'] }),
  reading('utf-16-le, cut within units and pairs', {
    text: { encoding: 'utf-16-le' },
    feed: [hex('a\n', 'utf16le'), '3dd8', '00', 'de', '0a00'],
  }),
  reading('ascii that is none', { text: { encoding: 'ascii', errors: 'replace' }, feed: ['61ff0a'] }),
  reading('ascii that is none, strictly', { text: { encoding: 'ascii' }, feed: ['61ff0a'] }),
  reading('a byte order mark is a character', { feed: ['efbbbf61'] }),
  reading('bad UTF-8, strictly', { feed: ['61ff620a'] }),
  reading('UTF-8 that ends too soon, strictly', { feed: ['61e28a'], calls: [['readline']] }),
  reading('an odd byte of UTF-16, strictly', { text: { encoding: 'utf-16-le' }, feed: ['610062'] }),
  reading('half a pair of UTF-16, strictly', { text: { encoding: 'utf-16-le' }, feed: ['3dd86100'] }),
  reading('half a pair of UTF-16', {
    text: { encoding: 'utf-16-le', errors: 'replace' },
    feed: ['3dd86100'],
  }),
  writing('lines', {
    calls: [['writelines', ['a\n', 'b', '한']], ['write', ''], ['flush'], ['write', 'end']],
  }),
  writing('bytes', {
    mode: 'wb',
    calls: [
      ['write', { hex: '00ff' }],
      ['writelines', [{ hex: '01' }, { hex: '02' }]],
    ],
  }),
  writing('more than the buffer holds', {
    mode: 'wb',
    buffering: 5,
    calls: [['write', { hex: '61'.repeat(20_000) }]],
  }),
  writing('no buffer', { mode: 'wb', buffering: 0, calls: [['write', { hex: '6162' }], ['flush']] }),
  writing('latin1 that is none', {
    text: { encoding: 'latin1' },
    calls: [
      ['write', 'é'],
      ['write', '한'],
    ],
  }),
  writing('latin1 that is none, replaced', {
    text: { encoding: 'latin1', errors: 'replace' },
    calls: [['write', 'é한😀x']],
  }),
  writing('ascii that is none, replaced', {
    text: { encoding: 'ascii', errors: 'replace' },
    calls: [['write', 'é']],
  }),
  writing('utf-16-le', { text: { encoding: 'utf-16-le', newline: '\r\n' }, calls: [['write', '한\n😀']] }),
  [
    'both ways',
    {
      mode: 'rw',
      text: {},
      feed: [hex('a\nb')],
      calls: [['write', 'x\n'], ['readline'], ['flush'], ['read']],
    },
  ],
  [
    'both ways, bytes',
    { mode: 'rwb', text: {}, feed: [hex('a\nb')], calls: [['write', { hex: '78' }], ['readline'], ['read']] },
  ],
  reading('refusals', {
    calls: [
      ['write', 'x'],
      ['read', 1],
      ['close'],
      ['read', 1],
      ['readline'],
      ['write', 'x'],
      ['flush'],
      ['close'],
    ],
  }),
  writing('refusals of writing', {
    calls: [['read', 1], ['readline'], ['write', 'a'], ['close'], ['write', 'b']],
  }),
  writing('what is no text', { calls: [['write', { hex: '61' }]] }),
];

const ALPHABET = ['a', 'b', '\n', '\r', '\r\n', 'é', '한', '😀', '\u2028', '\0'];

/** Random text in random pieces, and random calls. */
function randomScene(seed: number): Scene {
  const next = random(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)]!;
  const encoding = pick(['utf-8', 'utf-16-le', 'latin1']);
  const text = Array.from({ length: below(60) }, () => pick(ALPHABET)).join('');
  const bytes = Buffer.from(text, encoding === 'utf-16-le' ? 'utf16le' : (encoding as 'utf-8'));
  const isSpoilt = below(3) === 0;
  if (isSpoilt) for (let i = 0; i < bytes.length; i += 1 + below(9)) bytes[i] = below(256);
  const feed: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = 1 + below(12);
    feed.push(bytes.subarray(at, at + size).toString('hex'));
    at += size;
  }
  const calls = Array.from({ length: 12 }, (): Call => {
    const name = pick(['read', 'readline', 'readline', 'lines']);
    if (name === 'lines') return below(6) === 0 ? ['lines'] : ['readline'];
    return below(2) === 0 ? [name, below(9)] : name === 'read' ? ['read', below(20)] : [name];
  });
  const errors = isSpoilt ? 'replace' : 'strict';
  return { mode: 'r', text: { encoding, errors, newline: pick(NEWLINES) }, feed, calls };
}

const SCENES = 250;

test('the scenes give the same results as in Python', { skip: withoutPython }, async t => {
  const theirs = askPython<unknown[]>(
    besideSource('makefile.py', import.meta.url),
    scenes.map(([, scene]) => scene),
  );
  for (const [i, [name, scene]] of scenes.entries()) {
    await t.test(name, async () => {
      for (const face of ['promise', 'Sync'] as const)
        assert.deepEqual(await play(scene, face), theirs[i], face);
    });
  }
});

test(`${SCENES} random scenes give the same results as in Python`, { skip: withoutPython }, async () => {
  const seeds = Array.from({ length: SCENES }, (_, i) => i + 1);
  const theirs = askPython<unknown[]>(besideSource('makefile.py', import.meta.url), seeds.map(randomScene));
  for (const [i, seed] of seeds.entries()) {
    const scene = randomScene(seed);
    for (const face of ['promise', 'Sync'] as const) {
      const ours = await play(scene, face);
      assert.deepEqual(ours, theirs[i], `seed ${seed}, ${face}: ${JSON.stringify(scene)}`);
    }
  }
});
