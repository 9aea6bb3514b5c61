/** Writes `docs/performance.md` and its charts from the results of runs. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bar, draw } from './chart.js';
import { agree, findingOf, type Line, scenarios } from './design.js';
import type { Results } from './json.js';
import type { Answered, Judged } from './outcome.js';
import { root } from './paths.js';
import { number, rows } from './table.js';

const docs = join(root, 'docs');
const charts = join(docs, 'performance');

/** The results of further runs. */
export interface Further {
  /** A second run of the same, which should agree. */
  readonly second?: Results;
  /** A run with Bun and Deno. */
  readonly others?: Results;
}

/** Writes the report. Removes the charts of questions that were not run. */
export function writeReport(results: Results, further: Further): void {
  rmSync(charts, { recursive: true, force: true });
  mkdirSync(charts);
  writeFileSync(join(docs, 'performance.md'), reportOf(results, further, writeChart));
}

function writeChart(name: string, text: string): void {
  writeFileSync(join(charts, `${name}.svg`), text);
}

/** The text of the report. Charts are written by `write`. */
export function reportOf(results: Results, { second, others }: Further, write: WriteChart): string {
  write('overhead', overview(results.questions));
  const parts = [
    introduction(results),
    targets(results, second),
    machine(results),
    ...results.questions.map(answer => section(answer, write)),
    ...(others === undefined ? [] : onRuntimes(others, write)),
  ];
  return parts.join('\n');
}

function introduction({ machine }: Results): string {
  return `# Performance

<!-- Written by \`npm run bench -- report\`. -->

![Overhead of Berkeley relative to Node](performance/overhead.svg)

**Overhead** is a server's processor time per message above that of the C program that does the same work, as a share of
\`node:net\`'s or \`node:dgram\`'s time above the same C: 1 is as much as Node, 0 is as little as C. **CPU** and **rate** are
relative to C; **from** and **to** are the lowest and highest CPU of all rounds.
[The benchmarks](../bench/README.md) say how this is measured. Ratios of different machines cannot be compared.
${isBusy(machine.load) ? '\nOther programs were running during this run, so the ranges are wide.\n' : ''}`;
}

/** The load average above which other programs have worked in the last minute. */
const BUSY = 0.5;

function isBusy(load: number): boolean {
  return load > BUSY;
}

/** The table of targets: what the run has measured, whether it is met, and whether the second run agrees. */
function targets(results: Results, second: Results | undefined): string {
  const lines = scenarios.flatMap(({ title, lines }) =>
    lines.map((line, i) => targetRow(i === 0 ? title : '', line, results, second)),
  );
  const head = ['scenario', 'contestant', 'target', 'measured', 'spread', 'result'];
  const extra = second === undefined ? ['why'] : ['second run', 'why'];
  const text = second === undefined ? '' : `\n\n${agreement(results, second)}`;
  return `## Targets

One line per target. **Spread** is the lowest and the highest round.${text}

${markdown([[...head, ...extra], ...lines], [3, 4]).join('\n')}
`;
}

function targetRow(title: string, line: Line, results: Results, second: Results | undefined): string[] {
  const finding = findingOf(line, results.questions);
  const name = finding?.contestant ?? line.contestants[0]!;
  const cells = [title, name.replace('berkeley ', '')];
  const other = second && findingOf(line, second.questions)?.verdict;
  if (finding === undefined)
    return [...cells, line.figure, '–', '–', 'not measured', ...(second ? ['–'] : []), ''];
  const { target, value, low, high, met } = finding.verdict;
  const isMissed = met === false;
  return [
    ...cells,
    target,
    number(value, 2),
    value === null ? '–' : `${number(low, 2)} to ${number(high, 2)}`,
    met === null ? 'not measured' : isMissed ? '**missed**' : 'met',
    ...(second === undefined ? [] : [compared(finding.verdict, other)]),
    isMissed && line.why !== undefined ? `[why](performance-notes.md#${line.why})` : '',
  ];
}

type Verdict = Judged['targets'][number];

function compared(first: Verdict, second: Verdict | undefined): string {
  if (second === undefined || second.value === null || first.value === null) return '–';
  return `${number(second.value, 2)}${agree(first, second) ? '' : ' (differs)'}`;
}

/** How many lines of the table agree with those of a second run. */
function agreement(results: Results, second: Results): string {
  const pairs = scenarios
    .flatMap(({ lines }) => lines)
    .map(line => [findingOf(line, results.questions)?.verdict, findingOf(line, second.questions)?.verdict])
    .map(([a, b]) => (a === undefined || b === undefined ? null : agree(a, b)))
    .filter(each => each !== null);
  const count = pairs.filter(Boolean).length;
  return `A second run agrees in ${count} of ${pairs.length} lines: the value of one run is within
the spread of the other, or they differ by at most 0.05.`;
}

function machine({ machine, versions }: Results): string {
  return `## Machine

| machine | |
|---|---|
| processor | ${machine.processors} × ${machine.processor} |
| memory | ${machine.gibibytes} GiB |
| Linux | ${machine.kernel} |
| load average at the start | ${machine.load.toFixed(2)} |
| Node.js | ${versions.node} |
| Python | ${versions.python?.replace('Python ', '')} |
| C compiler | ${versions.cc} |
| commit | ${versions.commit} |
`;
}

type WriteChart = (name: string, text: string) => void;

/** One question: its chart if it compares processor times, and its table. */
function section(answer: Answered, write: WriteChart, heading = '##'): string {
  const { name, title, note, reference, contestants } = answer;
  const bars = contestants.flatMap(each => bar(each, 'cpu', each.name));
  const lines = [`${heading} ${title}`, '', `${note}.`, ''];
  if (bars.length > 0) {
    const unit = `CPU, relative to ${reference.name}`;
    write(name, draw({ title, unit, bars, line: { at: 1, name: reference.name } }));
    lines.push(`![${title}](performance/${name}.svg)`, '');
  }
  return [...lines, ...table(answer), ''].join('\n');
}

/** The questions of a run on Bun and Deno. */
function onRuntimes({ questions, versions }: Results, write: WriteChart): string[] {
  const heading = `## On Bun and Deno

Bun ${versions.bun ?? ''} and Deno ${versions.deno ?? ''}: their own sockets, their \`node:\` modules, and Berkeley. The overhead is
relative to Node.js.
`;
  const named = questions.map(answer => ({
    ...answer,
    name: `${answer.name}-runtimes`,
    title: `${answer.title}, on Bun and Deno`,
  }));
  return [heading, ...named.map(answer => section(answer, write, '###'))];
}

function table(answer: Answered): string[] {
  const cells = rows(answer);
  return markdown(
    cells,
    cells[0]!.map((_, i) => i).filter(i => i > 0 && i < cells[0]!.length - 1),
  );
}

/** A table in Markdown. `numeric` are the columns that are right-aligned. */
function markdown([head, ...body]: readonly string[][], numeric: readonly number[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head!.map((_, i) => (numeric.includes(i) ? '---:' : '---'));
  return [line(head!), `|${rule.join('|')}|`, ...body.map(line)];
}

/** The overheads that the design limits, for all questions. */
function overview(answers: readonly Answered[]): string {
  const bars = answers.flatMap(({ name, contestants }) =>
    contestants
      .filter(each => each.targets.some(({ figure }) => figure === 'overhead'))
      .flatMap(each => bar(each, 'overhead', `${name}: ${each.name.replace('berkeley ', '')}`)),
  );
  return draw({
    title: 'Server CPU above C, as a share of Node’s',
    unit: 'overhead',
    bars,
    line: { at: 1, name: 'node' },
  });
}

function bar({ name, figures }: Judged, figure: string, label: string): Bar[] {
  const value = figures[figure];
  return typeof value === 'number' ? [{ name: label, value, isOurs: name.includes('berkeley') }] : [];
}
