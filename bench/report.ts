/** Writes `docs/performance.md` and its charts from the answers of a run. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bar, draw } from './chart.js';
import type { Machine } from './machine.js';
import type { Answered, Standing } from './outcome.js';
import { root } from './paths.js';
import { rows } from './table.js';

const docs = join(root, 'docs');
const charts = join(docs, 'performance');

/** Writes the report. Removes the charts of questions that were not run. */
export function writeReport(machine: Machine, answers: readonly Answered[]): void {
  rmSync(charts, { recursive: true, force: true });
  mkdirSync(charts);
  writeFileSync(join(charts, 'overhead.svg'), overview(answers));
  const sections = answers.map(section);
  writeFileSync(join(docs, 'performance.md'), [introduction(machine), ...sections].join('\n'));
}

function introduction({ machine, versions }: Machine): string {
  return `# Performance

<!-- Written by \`npm run bench -- report\`. -->

![Overhead of Berkeley relative to Node](performance/overhead.svg)

**Overhead** is a server's processor time per message above that of the C program that does the same work, as a share of
\`node:net\`'s or \`node:dgram\`'s time above the same C: 1 is as much as Node, 0 is as little as C. **CPU** and **rate** are
relative to C; **from** and **to** are the lowest and highest CPU of all rounds.
[The benchmarks](../bench/README.md) say how this is measured. Ratios of different machines cannot be compared.

| machine | |
|---|---|
| processor | ${machine.processors} × ${machine.processor} |
| memory | ${machine.gibibytes} GiB |
| Linux | ${machine.kernel} |
| Node.js | ${versions.node} |
| Python | ${versions.python?.replace('Python ', '')} |
| C compiler | ${versions.cc} |
| commit | ${versions.commit} |
`;
}

/** One question: its chart if it compares processor times, and its table. */
function section({ name, title, outcome }: Answered): string {
  const bars = outcome.contestants.flatMap(each => bar(each, 'cpu', each.name));
  const lines = [`## ${title}`, '', `${outcome.note}.`, ''];
  if (bars.length > 0) {
    const line = { at: 1, name: outcome.reference.name };
    writeFileSync(join(charts, `${name}.svg`), draw({ title, unit: 'CPU, relative to C', bars, line }));
    lines.push(`![${title}](performance/${name}.svg)`, '');
  }
  return [...lines, ...markdown(rows(outcome)), ''].join('\n');
}

function markdown([head, ...body]: readonly string[][]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head!.map((_, i) => (i === 0 || i === head!.length - 1 ? '---' : '---:'));
  return [line(head!), `|${rule.join('|')}|`, ...body.map(line)];
}

/** The overheads that the design limits, for all questions. */
function overview(answers: readonly Answered[]): string {
  const bars = answers.flatMap(({ name, outcome }) =>
    outcome.contestants
      .filter(each => each.targets?.some(({ figure }) => figure === 'overhead'))
      .flatMap(each => bar(each, 'overhead', `${name}: ${each.name.replace('berkeley ', '')}`)),
  );
  return draw({
    title: 'Server CPU above C, as a share of Node’s',
    unit: 'overhead',
    bars,
    line: { at: 1, name: 'node' },
  });
}

function bar({ name, figures }: Standing, figure: string, label: string): Bar[] {
  const value = figures[figure];
  return typeof value === 'number' ? [{ name: label, value, isOurs: name.startsWith('berkeley') }] : [];
}
