/** The exported constants equal the list of public names. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { publicNames, publicNamesFile } from '../../tables/public-names.js';
import { allConstants } from './constants.js';

test('every public name is exported', async () => {
  const exported = await allConstants();
  const vanished = publicNames().filter(name => !exported.has(name));
  assert.deepEqual(vanished, [], `a name leaves only with its line in ${publicNamesFile}`);
});

test('every exported name is public', async () => {
  const listed = new Set(publicNames());
  const unlisted = [...(await allConstants()).keys()].filter(name => !listed.has(name));
  assert.deepEqual(unlisted, [], 'npm run tables adds what is new');
});
