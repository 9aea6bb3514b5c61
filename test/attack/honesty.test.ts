/** The gate tells the truth: nothing in it repeats a test until it passes, and a test asks for everything that it uses. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../../tables/root.js';

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const sources = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => `test/${file.replaceAll('\\', '/')}`);

/** Without this file, which names what it looks for. */
const others = sources.filter(file => !file.endsWith('honesty.test.ts'));

describe('the gate', () => {
  const gate = '.ci/run';

  // The archive of the sources of a release does not have it.
  test('repeats no command', { skip: !existsSync(join(root, gate)) && 'this tree has no .ci' }, () => {
    const commands = read(gate)
      .split('\n')
      .filter(line => /^\s*npm /.test(line));
    assert.ok(commands.length >= 4);
    for (const line of commands) assert.doesNotMatch(line, /\|\|/);
    assert.doesNotMatch(read(gate), /^\s*(until|while|for) .*npm/m);
  });

  test('runs each test once', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };
    for (const [name, command] of Object.entries(scripts)) {
      if (name.includes('test')) assert.doesNotMatch(command, /\|\||retry|rerun/, name);
    }
    for (const file of others) assert.doesNotMatch(read(file), /\bretries:|--test-rerun/, file);
  });
});

describe('tests with CAN interfaces', () => {
  const users = sources.filter(file => file.endsWith('.test.ts') && /\botherVcan\b/.test(read(file)));

  test('name the second one only by its constant, and ask for both', () => {
    assert.ok(users.length >= 3);
    for (const file of users) assert.match(read(file), /skip: needsTwoBuses\(/, file);
    const rest = others.filter(file => file !== 'test/support/can.ts');
    for (const file of rest) assert.doesNotMatch(read(file), /'vcan1'/, file);
  });
});
