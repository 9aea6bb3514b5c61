/**
 * The pages of the package. Their links lead to the repository, because the package does not contain the
 * guides.
 */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { manifest, root } from './entries.mjs';

/** The URL of a file in the repository, at this version. */
function addressOf(path) {
  const repository = manifest.repository.url.replace(/^git\+|\.git$/g, '');
  return `${repository}/blob/v${manifest.version}/${path}`;
}

/** Returns a page with absolute links. Links within the page are unchanged. */
export function publishedPage(name) {
  const page = readFileSync(join(root, name), 'utf8');
  return page.replace(/\]\((?![a-z]+:|#)([^)\s]+)\)/g, (_, link) => `](${addressOf(posix.normalize(link))})`);
}
