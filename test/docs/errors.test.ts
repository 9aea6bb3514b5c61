/** The guide of errors has every code that the package gives advice for, below its call, and every code of its own. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { errnos } from '#src/errors/errno.js';
import { codeSpans, read, root, rowsOf } from './pages.js';

const GUIDE = 'docs/guides/errors.md';
const ADVICE = 'docs/reference/errors.md';

/** The parts of a page below headings of a level, by heading. */
function sectionsOf(page: string, level: string): ReadonlyMap<string, string> {
  const parts = read(page)
    .split(new RegExp(`^${level} `, 'm'))
    .slice(1);
  return new Map(parts.map(part => [part.slice(0, part.indexOf('\n')), part] as const));
}

/** The codes in the first cells of the tables of a section. */
const codesIn = (section: string): string[] =>
  [...section.matchAll(/^\| (`E[^|]*) \|/gm)].flatMap(([, cell]) => codeSpans(cell!));

/** The codes of the guide below each call. */
const guide = new Map<string, Set<string>>();
for (const [heading, section] of sectionsOf(GUIDE, '###'))
  for (const call of codeSpans(heading)) guide.set(call, new Set(codesIn(section)));
const everywhere = [...sectionsOf(GUIDE, '###')].find(([heading]) => heading === 'Any call')!;

describe('the guide of errors', () => {
  for (const family of ['Every family', 'IPv4', 'IPv6, in addition', 'Unix']) {
    test(`explains the codes that have advice: ${family}`, () => {
      const rows = [
        ...sectionsOf(ADVICE, '###')
          .get(family)!
          .matchAll(/^\| (`E[^|]*) \| (`[^|]*) \|/gm),
      ];
      assert.ok(rows.length > 0);
      const missing = rows.flatMap(([, codes, calls]) =>
        codeSpans(calls!).flatMap(call =>
          codeSpans(codes!)
            .filter(code => call !== 'socketpair' && !guide.get(call)?.has(code))
            .map(code => `${call} ${code}`),
        ),
      );
      assert.deepEqual(missing, []);
    });
  }

  test('names only codes that exist', () => {
    const known = new Set([...errnos.map(([code]) => code), 'ENOTFOUND', 'EAI_AGAIN', 'EAI_ADDRFAMILY']);
    const named = [...[...guide.values()].flatMap(codes => [...codes]), ...codesIn(everywhere[1])];
    assert.ok(named.length > 80);
    assert.deepEqual(
      named.filter(code => !known.has(code) && !code.startsWith('ERR_')),
      [],
    );
  });

  test('has every code of invalid arguments, and no other', () => {
    const source = join(root, 'src');
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(file =>
      file.endsWith('.ts'),
    );
    const texts = [...files.map(file => join(source, file)), join(root, 'binding.cjs')].map(file =>
      readFileSync(file, 'utf8'),
    );
    const used = new Set(texts.flatMap(text => text.match(/(?<=')ERR_\w+(?=')/g) ?? []));
    const explained = new Set(read(GUIDE).match(/\bERR_\w+/g));
    used.delete('ERR_');
    assert.deepEqual([...explained].sort(), [...used].sort());
  });

  test('quotes advice as the package gives it', () => {
    const advice = rowsOf(ADVICE).map(([, , text]) => text);
    for (const quoted of ['SCTP needs a kernel module: modprobe sctp'])
      assert.ok(read(GUIDE).includes(quoted) && advice.includes(quoted), quoted);
  });
});
