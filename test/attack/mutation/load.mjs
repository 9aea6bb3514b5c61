// Loads a test. If that fails, a test has failed: Stryker otherwise takes the exit for a fault of its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

process.env.BERKELEY_QUICK = '1';
process.env.BERKELEY_SEED ??= '20261126';
await import(pathToFileURL(process.argv[2]).href).catch(error => {
  test('loads', () => assert.ifError(error));
});
