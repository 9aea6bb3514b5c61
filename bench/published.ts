/** Makes the servers import the package as it is published, because that is what users run. */
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Links `build/package` of a tree to where its compiled servers find the name `berkeley`. The `package.json` between
 * them and the tree's own ends the tree's scope, in which the name would mean `dist/`.
 */
export function linkPackage(tree: string): void {
  const published = join(tree, 'build/package');
  if (!existsSync(join(published, 'package.json')))
    throw new Error(`${published} does not exist (npm run package)`);
  const modules = join(tree, 'build/bench/node_modules');
  mkdirSync(modules, { recursive: true });
  writeFileSync(join(tree, 'build/bench/package.json'), '{ "private": true, "type": "module" }\n');
  const link = join(modules, 'berkeley');
  try {
    symlinkSync('../../package', link);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
