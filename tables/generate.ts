/** Every generated file and its text: a pure function of the subjects and the recorded columns. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { publicNamesFile, writePublicNames } from './public-names.js';
import { root } from './root.js';
import { type Constant, constantsOf, strayNames } from './subject.js';
import { subjects } from './subjects/index.js';
import { type Columns, platforms } from './table.js';
import { writeConstants } from './write-constants.js';
import { writeAll, writeRoot } from './write-entries.js';
import { writeErrnoNumbers, writeErrnos, writeWindowsErrnos } from './write-errnos.js';
import { writeLayout } from './write-layout.js';

export function generate(columns: Columns): Map<string, string> {
  refuseUnknown(columns);
  const files = new Map<string, string>();
  for (const subject of subjects) {
    if (subject.constants !== undefined) files.set(subject.constants, writeConstants(subject, columns));
    if (subject.layout !== undefined) files.set(subject.layout, writeLayout(subject, columns));
  }
  files.set('src/errors/errno.ts', writeErrnos(columns));
  files.set('src/errors/errno-numbers.ts', writeErrnoNumbers(columns));
  files.set('src/constants.ts', writeAll());
  files.set('src/constants/root.ts', writeRoot());
  for (const [file, text] of files) files.set(file, formatted(file, text));
  files.set('native/core/win32_errno.h', writeWindowsErrnos(columns));
  files.set(publicNamesFile, writePublicNames());
  return files;
}

function refuseUnknown(columns: Columns): void {
  const groups = subjects.flatMap(subject => subject.groups);
  const constants = groups.flatMap(constantsOf);
  const names = constants.map(constant => constant.name);
  const isUnknown = (name: string) => platforms.every(platform => columns.value(platform, name) === null);
  const unlike = constants.filter(({ name, group }) => isUnknown(name) !== (group.absent === true));
  if (unlike.length > 0) throw new Error(`no platform has these, or one has: ${namesOf(unlike)}`);
  const stray = groups.flatMap(strayNames);
  if (stray.length > 0) throw new Error(`not in their group: ${stray.join(' ')}`);
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  if (twice.length > 0) throw new Error(`wanted twice: ${twice.join(' ')}`);
}

function namesOf(constants: readonly Constant[]): string {
  return constants.map(constant => constant.name).join(' ');
}

const require = createRequire(import.meta.url);
const biome = join(dirname(require.resolve('@biomejs/biome/package.json')), 'bin/biome');

/** As the repository's formatter would leave it. */
function formatted(file: string, text: string): string {
  const run = spawnSync(process.execPath, [biome, 'check', '--write', `--stdin-file-path=${file}`], {
    cwd: root,
    encoding: 'utf8',
    input: text,
    maxBuffer: 1 << 26,
  });
  if (run.status !== 0) throw new Error(`${file} is not TypeScript:\n${run.stderr}`);
  return run.stdout;
}
