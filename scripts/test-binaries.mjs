// `npm run test:binaries`: builds the binaries of a release with the cross compiler, and checks them.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
if (!existsSync('build/compilers')) {
  console.error('berkeley: no cross compiler here; to install it: npm run compilers');
  process.exit(1);
}
const { status } = spawnSync(process.execPath, ['--test', 'build/test/runtime/binaries.release.js'], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
