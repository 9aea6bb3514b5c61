/** The form of the object with the addon's functions, on which the cost of every call depends. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root } from '../../tables/root.js';

/** Returns whether V8 stores the properties of the binding in its fast form, after an expression has changed it. */
function isFast(change: string): boolean {
  const module = pathToFileURL(join(root, 'dist/binding.js')).href;
  const program = `
    const { binding } = await import(${JSON.stringify(module)});
    ${change};
    console.log(%HasFastProperties(binding));`;
  const flags = ['--allow-natives-syntax', '--input-type=module', '-e', program];
  return execFileSync(process.execPath, flags, { encoding: 'utf8' }).trim() === 'true';
}

test('V8 finds the functions of the addon without a hash table', () => {
  assert.equal(isFast(''), true);
});

test('and would report a hash table', () => {
  assert.equal(isFast('delete binding.socket'), false);
});
