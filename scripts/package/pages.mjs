/** The pages of the package. Their links lead to the repository, because the package has none of the guides. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { manifest, root } from './entries.mjs';

/** The page of a file of the repository, in the state of this version. */
function addressOf(path) {
  const repository = manifest.repository.url.replace(/^git\+|\.git$/g, '');
  return `${repository}/blob/v${manifest.version}/${path}`;
}

/** Returns a page with absolute links; links within the page stay. */
export function publishedPage(name) {
  const page = readFileSync(join(root, name), 'utf8');
  return page.replace(/\]\((?![a-z]+:|#)([^)\s]+)\)/g, (_, link) => `](${addressOf(posix.normalize(link))})`);
}
