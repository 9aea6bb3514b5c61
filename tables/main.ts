/**
 * usage: npm run tables             asks every compiler that is here, and writes what it said
 *        npm run tables -- --check  asks again and says what committed file differs; exit status 1 when one does
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { surveyAll } from './check.js';
import { isInstalled, newerColumn } from './columns.js';
import { generate } from './generate.js';
import { askLayouts, compareLayouts, layoutFile, variantNames } from './layouts.js';
import { formatTable, recordedFile } from './recorded.js';
import { root } from './root.js';
import { Columns } from './table.js';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const { surveys, tables } = surveyAll(!values.check);
for (const { unasked, notes } of surveys) for (const line of [...unasked, ...notes]) console.log(line);

if (values.check) {
  const differences = [
    ...surveys.flatMap(survey => survey.differences),
    ...differingLayouts(),
    ...differingFiles(),
  ];
  for (const difference of differences) console.error(difference);
  console.log(differences.length === 0 ? 'tables: all as committed' : `tables: ${differences.length} differ`);
  process.exitCode = differences.length === 0 ? 0 : 1;
} else {
  for (const [platform, table] of tables) write(recordedFile(platform), formatTable(table));
  if (isInstalled(newerColumn))
    for (const name of variantNames) write(layoutFile(name), formatTable(askLayouts(name)));
  for (const [file, text] of generate(new Columns())) write(file, text);
}

function differingLayouts(): string[] {
  return isInstalled(newerColumn) ? variantNames.flatMap(compareLayouts) : [];
}

function differingFiles(): string[] {
  return [...generate(new Columns())]
    .filter(([file, text]) => read(file) !== text)
    .map(([file]) => `${file}: not what the tables say; run npm run tables`);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return undefined;
  }
}

function write(file: string, text: string): void {
  if (read(file) === text) return;
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
  console.log(`wrote ${file}`);
}
