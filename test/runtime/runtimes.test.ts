/** The same program runs in every runtime, and on Node.js with the wake-up of the other runtimes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runtimes } from './installed.js';

const expected = [
  ...['echoOverTcp', 'manyConnections', 'datagrams', 'unixPair', 'waitsThatEnd', 'refusals', 'names'],
  ...['overNet', 'overDgram', 'services', 'done', ''],
].join('\n');

for (const { name, skip, run } of runtimes) {
  test(name, { skip }, async () => assert.equal(await run('program'), expected));
}
