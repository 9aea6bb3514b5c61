/** The addon finds Node-API in the executable that loads it, whatever its name is. */
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/names.js';
import { outputOf } from '../support/output.js';

const skip =
  process.platform !== 'win32' && 'elsewhere the addon does not name the executable: npm run test:wine';
const program = fileURLToPath(new URL('./echo-program.js', import.meta.url));

test('a renamed node.exe loads it, in the main thread and in a worker', {
  skip,
  timeout: 60_000,
}, async () => {
  const renamed = join(temporaryFolder(), 'another-name.exe');
  copyFileSync(process.execPath, renamed);
  const output = await outputOf(renamed, [program], { timeout: 50_000 });
  assert.deepEqual(output.split('\n').filter(Boolean), ['main: x', 'worker: x']);
});
