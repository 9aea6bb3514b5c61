// Writes the figures of the attacks, and the table of the planted faults, to docs/reliability.md, each between its marks.
// The rest of the page is written by hand.
import { readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, release } from 'node:os';
import { join } from 'node:path';
import { parts } from './parts.mjs';

export const page = 'docs/reliability.md';

const marks = {
  figures: ['<!-- figures: begin, written by npm run test:attack -- --report -->', '<!-- figures: end -->'],
  planted: [
    '<!-- planted: begin, written by npm run test:attack -- planted --report -->',
    '<!-- planted: end -->',
  ],
};

/** Replaces what is between two marks. */
function replace(root, [begin, end], lines) {
  const file = join(root, page);
  const before = readFileSync(file, 'utf8');
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} lacks its marks: ${begin} and ${end}`);
  const text = ['', '', ...lines, ''].join('\n');
  writeFileSync(file, before.slice(0, from + begin.length) + text + before.slice(to));
  console.log(`wrote ${page}`);
}

function cell(value) {
  if (value === undefined) return '';
  const text = typeof value === 'number' ? value.toLocaleString('en') : String(value);
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** A table of Markdown. Columns of numbers are aligned to the right. */
function table(head, rows) {
  const isNumber = head.map((_, i) => i > 0 && rows.every(row => typeof (row[i] ?? 0) === 'number'));
  const line = cells => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${isNumber.map(is => (is ? '---:' : '---')).join('|')}|`, ...rows.map(line), ''];
}

function columnOf({ name, unit }) {
  return unit === undefined ? name : `${name} (${unit})`;
}

/** The figures of contestants: one row for each of them. */
function comparison(figures) {
  const columns = [...new Set(figures.map(columnOf))];
  const names = [...new Set(figures.map(({ of }) => of))];
  const value = (of, column) => figures.find(each => each.of === of && columnOf(each) === column)?.value;
  return table(
    ['', ...columns],
    names.map(of => [of, ...columns.map(column => value(of, column))]),
  );
}

/** The tables of one scene: what it compares, and its other figures. */
function sceneTables(figures) {
  const compared = figures.filter(({ of }) => of !== undefined);
  const single = figures.filter(({ of }) => of === undefined);
  return [
    ...(compared.length === 0 ? [] : comparison(compared)),
    ...(single.length === 0
      ? []
      : table(
          ['figure', 'value'],
          single.map(each => [columnOf(each), each.value]),
        )),
  ];
}

/** The failures of a part: their first lines. */
function failureLines(failures) {
  return failures.length === 0
    ? []
    : [...failures.map(text => `- failed: ${cell(String(text).split('\n')[0])}`), ''];
}

function scenesOf({ scenes, part, seconds, figures }) {
  const list = scenes ?? [{ name: part, seconds }];
  return list.map(scene => ({ ...scene, figures: figures.filter(each => each.scene === scene.name) }));
}

function section({ title, about }, outcome) {
  const body = scenesOf(outcome).flatMap(({ name, about: own, seconds, figures }) => [
    ...(own === undefined
      ? []
      : [`**${name[0].toUpperCase()}${name.slice(1)}** (${Math.round(seconds)} s). ${own}`, '']),
    ...sceneTables(figures),
  ]);
  return [`### ${title}`, '', about, '', ...failureLines(outcome.failures), ...body];
}

function summary(outcomes) {
  const rows = outcomes.map(({ part, figures, failures, seconds }) => {
    const { title, unit } = parts.find(({ name }) => name === part);
    const count = unit === undefined ? undefined : total(figures, unit);
    const amount = count === undefined ? `${figures.length} figures` : `${cell(count)} ${unit}`;
    return [title, amount, failures.length, Math.round(seconds)];
  });
  return table(['part', 'amount', 'failures', 'duration (s)'], rows);
}

/** The sum of what a part has tried: its figure without a contestant, or the sum of those. */
function total(figures, unit) {
  const same = figures.filter(({ name }) => name === unit);
  const single = same.find(({ of }) => of === undefined);
  return single?.value ?? same.reduce((sum, { value }) => sum + value, 0);
}

function machine() {
  return `Node.js ${process.versions.node}, Linux ${release()} on ${arch()}, ${cpus().length} processors`;
}

/** Writes the figures of one run of all parts. */
export function writeFigures(root, { commit, seed, isLong, outcomes }) {
  const form = isLong ? 'Long form' : 'Normal form';
  const minutes = outcomes.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  replace(root, marks.figures, [
    `${form}, commit \`${commit}\`, seed ${seed} for every part, ${minutes.toFixed(1)} minutes; ${machine()}.`,
    '',
    ...summary(outcomes),
    ...outcomes.flatMap(outcome =>
      section(
        parts.find(({ name }) => name === outcome.part),
        outcome,
      ),
    ),
  ]);
}

/** How a part has found a fault: after which time and how many inputs. */
function finding({ part, amount, seconds }) {
  return `${part} (${amount === undefined ? '' : `${amount}, `}${seconds.toFixed(0)} s)`;
}

/** Writes which part has found which planted fault. */
export function writePlanted(root, { commit, seed, isLong, rows }) {
  const parts = isLong ? 'every part' : 'the parts until one finds the fault, the likely one first';
  const lines = rows.map(({ fault, found }) => {
    const by = found.filter(({ isFound }) => isFound);
    return [
      fault.name,
      `\`${fault.file}\``,
      fault.effect,
      by.map(finding).join(', ') || '**nothing**',
      by[0]?.what,
    ];
  });
  replace(root, marks.planted, [
    `Commit \`${commit}\`, seed ${seed}, the short form of ${parts}; ${machine()}.`,
    '',
    ...table(['fault', 'file', 'effect', 'found by', 'the first failure'], lines),
  ]);
}
