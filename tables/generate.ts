/** Every generated file and its text: a pure function of the subjects and the recorded columns. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { publicNamesFile, writePublicNames } from './public-names.js';
import { root } from './root.js';
import { constantsOf } from './subject.js';
import { subjects } from './subjects/index.js';
import { type Columns, platforms } from './table.js';
import { writeConstants } from './write-constants.js';
import { writeErrnos } from './write-errnos.js';
import { writeLayout } from './write-layout.js';

export function generate(columns: Columns): Map<string, string> {
  refuseUnknown(columns);
  const files = new Map<string, string>();
  for (const subject of subjects) {
    if (subject.constants !== undefined) files.set(subject.constants, writeConstants(subject, columns));
    if (subject.layout !== undefined) files.set(subject.layout, writeLayout(subject, columns));
  }
  files.set('src/errors/errno.ts', writeErrnos(columns));
  for (const [file, text] of files) files.set(file, formatted(file, text));
  files.set(publicNamesFile, writePublicNames());
  return files;
}

function refuseUnknown(columns: Columns): void {
  const names = subjects
    .flatMap(subject => subject.groups.flatMap(constantsOf))
    .map(constant => constant.name);
  const unknown = names.filter(name => platforms.every(platform => columns.value(platform, name) === null));
  if (unknown.length > 0) throw new Error(`no platform has ${unknown.join(' ')}: misspelt?`);
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  if (twice.length > 0) throw new Error(`wanted twice: ${twice.join(' ')}`);
}

const require = createRequire(import.meta.url);
const biome = join(dirname(require.resolve('@biomejs/biome/package.json')), 'bin/biome');

/** As the repository's formatter would leave it. */
function formatted(file: string, text: string): string {
  const run = spawnSync(process.execPath, [biome, 'format', `--stdin-file-path=${file}`], {
    cwd: root,
    encoding: 'utf8',
    input: text,
    maxBuffer: 1 << 26,
  });
  if (run.status !== 0) throw new Error(`${file} is not TypeScript:\n${run.stderr}`);
  return run.stdout;
}
