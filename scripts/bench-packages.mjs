// Installs the packages that the benchmarks compare with this one into build/packages. Packages that fail to
// install are left out: some are compiled, with the headers of Node.js.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../build/packages', import.meta.url));
const packages = ['unix-dgram', 'node-unix-socket', 'better-sqlite3'];

mkdirSync(folder, { recursive: true });
const allowScripts = Object.fromEntries(packages.map(name => [name, true]));
writeFileSync(`${folder}/package.json`, `${JSON.stringify({ private: true, allowScripts }, null, 2)}\n`);
for (const name of packages) {
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, name], {
    stdio: 'inherit',
  });
  if (status !== 0) console.error(`berkeley: ${name} did not install and is not measured`);
}
