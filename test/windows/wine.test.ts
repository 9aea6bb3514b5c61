/**
 * What Wine lacks. On Windows each call works. Wine may fail as the table says; if it supports the call by
 * now, the test passes as well.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { inWine } from '../support/kernel.js';
import { wineLacks } from './wine-lacks.js';

const skip = process.platform !== 'win32' && 'the calls are those of Windows: npm run test:wine';

describe('what Wine lacks', { skip }, () => {
  for (const { call, code, run } of wineLacks) {
    test(call, t => {
      try {
        run();
        if (inWine) t.diagnostic('Wine has it by now');
      } catch (error) {
        if (!inWine) throw error;
        assert.equal((error as { code?: unknown }).code, code, String(error));
      }
    });
  }
});

test('docs/windows.md has the same table', () => {
  const text = readFileSync(new URL('../../../docs/windows.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| `(.+?)`(?: (after .+?))? +\| (`\w+`|–) +\|/gm)].map(
    ([, call, when, code]) => ({
      call: when === undefined ? call : `${call} ${when}`,
      code: code === '–' ? '-' : code!.replaceAll('`', ''),
    }),
  );
  assert.deepEqual(
    rows,
    wineLacks.map(({ call, code }) => ({ call, code })),
  );
});
