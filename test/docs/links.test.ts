/** Every relative link of every page has an existing target, including the heading. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { anchorsOf, pages, proseOf, root } from './pages.js';

function linksOf(page: string): string[] {
  return [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link!)
    .filter(link => !/^[a-z]+:/.test(link));
}

/** The fault of a link on a page, if there is one. */
function fault(page: string, link: string): string | undefined {
  const [path = '', anchor] = decodeURI(link).split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(root, target))) return `there is no ${target}`;
  if (anchor === undefined || !target.endsWith('.md')) return undefined;
  return anchorsOf(target).includes(anchor) ? undefined : `${target} has no heading #${anchor}`;
}

for (const page of pages()) {
  test(`the links of ${page} have targets`, () => {
    for (const link of linksOf(page)) assert.equal(fault(page, link), undefined, `${page}: ${link}`);
  });
}
