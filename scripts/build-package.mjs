// Writes the package, as it is published, to build/package: bundled entry points, declarations, binaries, and the C sources
// for a platform that has no binary. `--pack` also packs it; `--release` refuses if a target's binary is missing or fails its check.
//
//   usage: node scripts/build-package.mjs [--to <folder>] [--pack] [--release]
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { problemsOf } from './check-binaries.mjs';
import { writeCli } from './package/cli.mjs';
import { writeCode } from './package/code.mjs';
import { writeDeclarations } from './package/declarations.mjs';
import { root } from './package/entries.mjs';
import { writeManPage } from './package/man.mjs';
import { publishedManifest } from './package/manifest.mjs';
import { publishedSources } from './package/native.mjs';
import { publishedPage } from './package/pages.mjs';
import { targets } from './targets.mjs';

const { values } = parseArgs({
  options: {
    to: { type: 'string', default: join(root, 'build/package') },
    pack: { type: 'boolean', default: false },
    release: { type: 'boolean', default: false },
  },
});

/** Files and directories that are published unchanged. */
const COPIED = [...['LICENSE', 'binding.cjs'], ...['scripts/build-native.mjs', 'scripts/native-sources.mjs']];
const PAGES = ['README.md', 'CHANGELOG.md'];

/** A binary that the compiler of this machine built can ask for more of a system than a released one may. */
function assertReleased(names) {
  const problems = targets.flatMap(target => {
    if (!names.includes(`${target.name}.node`)) return [`there is no binary for ${target.name}`];
    const file = join(root, 'prebuilds', `${target.name}.node`);
    return problemsOf(file, target).map(problem => `${target.name} ${problem}`);
  });
  if (problems.length > 0) throw new Error(`run npm run build:all:\n${problems.join('\n')}`);
}

function copyBinaries(folder) {
  const names = readdirSync(join(root, 'prebuilds')).filter(name => name.endsWith('.node'));
  if (values.release) assertReleased(names);
  for (const name of names) cpSync(join(root, 'prebuilds', name), join(folder, 'prebuilds', name));
}

/** Gives all files the same permissions, independent of the umask, because the archive records them. */
function setModes(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
}

const folder = resolve(values.to);
const draft = `${folder}.${process.pid}`;
for (const name of ['dist', 'native', 'prebuilds']) mkdirSync(join(draft, name), { recursive: true });
await Promise.all([
  writeCode(join(draft, 'dist')),
  writeDeclarations(join(draft, 'dist')),
  writeCli(join(draft, 'dist/cli')),
  writeManPage(join(draft, 'berkeley.1')),
]);
for (const path of COPIED) cpSync(join(root, path), join(draft, path), { recursive: true });
for (const page of PAGES) writeFileSync(join(draft, page), publishedPage(page));
writeFileSync(join(draft, 'native/sources.c'), publishedSources());
copyBinaries(draft);
writeFileSync(join(draft, 'package.json'), `${JSON.stringify(publishedManifest(), undefined, 2)}\n`);
setModes(draft);
if (existsSync(folder)) rmSync(folder, { recursive: true });
renameSync(draft, folder);

if (values.pack) execFileSync('npm', ['pack', folder], { cwd: resolve(folder, '..'), stdio: 'inherit' });
