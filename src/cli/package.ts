/** The package that the command belongs to. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { target } from '#binding';

const require = createRequire(import.meta.url);

/** Returns the version of the package. */
export function version(): string {
  return (require('berkeley/package.json') as { version: string }).version;
}

/** Returns the path of the binary that this process uses. */
export function binaryPath(): string {
  const folder = dirname(require.resolve('berkeley/package.json'));
  return process.env.BERKELEY_BINDING || join(folder, 'prebuilds', `${target()}.node`);
}
