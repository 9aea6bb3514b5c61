/** Error numbers, compared with Node's own tables. */
import assert from 'node:assert/strict';
import { constants } from 'node:os';
import { test } from 'node:test';
import { getSystemErrorMap } from 'node:util';
import { built } from './constants.js';

const onLinux = process.platform !== 'linux' && 'the numbers are Linux’s';

/** Aliases. The table has the first name. */
const aliases: Readonly<Record<string, string>> = {
  EWOULDBLOCK: 'EAGAIN',
  EOPNOTSUPP: 'ENOTSUP',
  EDEADLOCK: 'EDEADLK',
};

type Row = readonly [
  code: string,
  linux: number | null,
  win32: number | null,
  darwin: number | null,
  message: string,
];

async function rows(): Promise<readonly Row[]> {
  const { errnos } = (await import(built('src/errors/errno.ts'))) as { errnos: readonly Row[] };
  return errnos;
}

test('every error number of Node has its number here', { skip: onLinux }, async () => {
  const ours = new Map((await rows()).map(([code, linux]) => [code, linux]));
  const unlike = Object.entries(constants.errno).filter(
    ([code, number]) => ours.get(aliases[code] ?? code) !== number,
  );
  assert.deepEqual(unlike, []);
});

test('if Node names a number, our name is the same', { skip: onLinux }, async () => {
  const names = getSystemErrorMap();
  const unlike = (await rows()).filter(([code, linux]) => {
    const theirs = linux === null ? undefined : names.get(-linux)?.[0];
    return theirs !== undefined && theirs !== code;
  });
  assert.deepEqual(unlike, []);
});

const onWindows =
  process.platform !== 'win32' && 'the numbers are those of Node on Windows: npm run test:wine';

test('on Windows our numbers are those of Node', { skip: onWindows }, async () => {
  const ours = new Map((await rows()).flatMap(([code, , win32]) => (win32 === null ? [] : [[-win32, code]])));
  const names = getSystemErrorMap();
  // Numbers that Node names but that are not errors of a system call, and those that a later Node added.
  const others = /^(EAI_.*|UNKNOWN|EOF|ECHARSET|ENOEXEC)$/;
  const unlike = [...names].filter(([number, [code]]) => !others.test(code) && ours.get(number) !== code);
  assert.deepEqual(unlike, []);
});

test('no number and no name occurs twice, and all have a message', async () => {
  const all = await rows();
  for (const column of [0, 1, 2, 3] as const) {
    const values = all.map(row => row[column]).filter(value => value !== null);
    assert.equal(new Set(values).size, values.length);
  }
  assert.deepEqual(
    all.filter(row => row[4] === ''),
    [],
  );
});

test('Linux’s numbers are complete from 1 to 133, except for two aliases', async () => {
  const numbers = new Set((await rows()).map(row => row[1]));
  const missing = Array.from({ length: 133 }, (_, i) => i + 1).filter(number => !numbers.has(number));
  assert.deepEqual(missing, [41, 58]);
});
