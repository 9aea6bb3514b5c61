/** `berkeley/net` does what the documentation of `node:net` states: each statement runs with both modules. */
import assert from 'node:assert/strict';
import * as nodeNet from 'node:net';
import { describe, test } from 'node:test';
import * as ourNet from 'berkeley/net';
import { type Net, Scene, type Statement } from './statement.js';
import { statements } from './statements/index.js';

async function resultOf(net: Net, { run }: Statement): Promise<unknown> {
  const scene = new Scene(net, net === nodeNet ? 'node:net' : import.meta.resolve('berkeley/net'));
  try {
    return await run(scene);
  } finally {
    await scene.end();
  }
}

async function check(row: Statement): Promise<void> {
  const ours = await resultOf(ourNet as unknown as Net, row);
  if (row.result !== undefined) assert.deepEqual(ours, row.result);
  if (row.more !== undefined) return; // this version of Node might not have it
  const theirs = await resultOf(nodeNet, row);
  if (row.different === undefined) assert.deepEqual(ours, theirs);
  else assert.notDeepEqual(ours, theirs, 'the result is that of Node: the row is no longer different');
}

describe('the statements of the documentation', { concurrency: 4 }, () => {
  for (const row of statements)
    test(`${row.of}: ${row.text}`, { skip: row.skip ?? false, timeout: 60_000 }, () => check(row));
});

describe('the table of statements', () => {
  test('gives a result for each row that cannot be compared with Node', () => {
    for (const { of, text, more, different, result } of statements)
      if (more !== undefined || different !== undefined) assert.ok(result !== undefined, `${of}: ${text}`);
  });

  test('has no row twice', () => {
    const names = statements.map(({ of, text }) => `${of}: ${text}`);
    assert.deepEqual(names, [...new Set(names)]);
  });
});
