// Writes the figures of the attacks to docs/reliability.md, between its two marks. The rest of the page is written by
// hand.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, release } from 'node:os';
import { join } from 'node:path';
import { parts } from './parts.mjs';

const BEGIN = '<!-- figures: begin, written by npm run test:attack -- --report -->';
const END = '<!-- figures: end -->';

function readOutcome(folder, { name }) {
  const file = join(folder, `${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function text(value) {
  return typeof value === 'number' ? value.toLocaleString('en') : String(value).replaceAll('|', '\\|');
}

/** The section of a part. */
function section({ title, about }, { figures, failures, seed, seconds }) {
  const rows = [
    ...figures.map(({ name, value, unit }) => [
      name,
      unit === undefined ? text(value) : `${text(value)} ${unit}`,
    ]),
    ['faults found', text(failures.length)],
    ['duration', `${text(Math.round(seconds))} s`],
    ['seed', String(seed)],
  ];
  return [
    `### ${title}`,
    '',
    about,
    '',
    '| figure | value |',
    '|---|---|',
    ...rows.map(([name, value]) => `| ${name} | ${value} |`),
    '',
  ];
}

/** Throws if the outcomes are not those of one run of the parts that exist. */
function check(outcomes, absent) {
  if (absent.length > 0)
    throw new Error(`run these parts first: ${absent.map(({ name }) => name).join(', ')}`);
  const commits = new Set(outcomes.map(({ commit }) => commit));
  if (commits.size > 1) throw new Error(`the outcomes are of several commits: ${[...commits].join(', ')}`);
}

/** Writes the page from the outcomes of all parts in a directory. */
export function writeReport(root, folder) {
  const existing = parts.filter(({ name }) => existsSync(join(root, `test/attack/${name}/main.ts`)));
  const outcomes = existing.map(part => readOutcome(folder, part));
  check(
    outcomes.filter(outcome => outcome !== undefined),
    existing.filter((_, index) => outcomes[index] === undefined),
  );
  const machine = `Node.js ${process.versions.node}, Linux ${release()} on ${arch()}, ${cpus().length} processors`;
  const lines = [
    BEGIN,
    '',
    `Commit ${outcomes[0].commit}; ${machine}.`,
    '',
    ...existing.flatMap((part, index) => section(part, outcomes[index])),
    END,
  ];
  const page = join(root, 'docs/reliability.md');
  const before = readFileSync(page, 'utf8');
  const [start, end] = [before.indexOf(BEGIN), before.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`docs/reliability.md lacks its marks: ${BEGIN} and ${END}`);
  writeFileSync(page, before.slice(0, start) + lines.join('\n') + before.slice(end + END.length));
  console.log('wrote docs/reliability.md');
}
