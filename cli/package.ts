/** The package that the command belongs to. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';

const require = createRequire(import.meta.url);
const manifest = require.resolve('berkeley/package.json');

/** The functions of the module that finds the addon. */
interface Finder {
  /** Which C library this process runs on, on Linux. */
  libc(): string;
  load(): unknown;
  /** The name of the binary that this process needs: `linux-x64-musl`. */
  target(): string;
}

/** Finds the addon of the package, without loading it. */
export const finder: Finder = require(join(dirname(manifest), 'binding.cjs'));

/** Returns the version of the package. */
export function version(): string {
  return (require(manifest) as { version: string }).version;
}

/** Returns the path of the binary that this process uses. */
export function binaryPath(): string {
  return process.env.BERKELEY_BINDING || join(dirname(manifest), 'prebuilds', `${finder.target()}.node`);
}
