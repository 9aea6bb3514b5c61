/** The message examples print the documented output. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

function run(name: string): string[] {
  const program = fileURLToPath(new URL(`../../examples/${name}.js`, import.meta.url));
  return execFileSync(process.execPath, [program], { encoding: 'utf8' }).trimEnd().split('\n');
}

test('recvmsg-into prints its documented output', () => {
  assert.deepEqual(run('recvmsg-into'), ['22', '22 [] 0 null', "[ 'Mary', '01 had a 9', 'little lamb---' ]"]);
});

test('pass-descriptors prints its documented output', () => {
  assert.deepEqual(run('pass-descriptors'), [
    'The child was handed 2 descriptors, "two files":',
    `  ${readFileSync('/etc/passwd', 'utf8').split('\n')[0]!.slice(0, 100)}`,
    '  Linux',
    '"one more" came from its parent: true',
  ]);
});
