/** `berkeley/net` does the same on every runtime: the results of all statements are those on Node.js. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Runtime, runtimes } from '../support/runtimes.js';
import { resultsOn } from './on-runtimes.js';

describe('berkeley/net', () => {
  const others = runtimes.filter(({ command }) => command !== process.execPath);
  let expected: object | undefined;
  const onNode: Pick<Runtime, 'command' | 'args' | 'env'> = { command: process.execPath, args: [], env: {} };

  for (const runtime of others) {
    test(`on ${runtime.name}`, { skip: runtime.skip, timeout: 300_000 }, () => {
      expected ??= resultsOn(onNode, 'berkeley/net');
      assert.deepEqual(resultsOn(runtime, 'berkeley/net'), expected);
    });
  }
});
