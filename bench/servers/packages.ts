/**
 * The npm packages that are measured alongside ours, in the directory into which `npm run bench:packages`
 * installs them.
 */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../packages/', import.meta.url));

/** Loads or resolves one of those packages. */
export const requirePackage: NodeJS.Require = createRequire(folder);
