// Writes the scores of the mutation tests to docs/reliability.md.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { equivalents } from '../../test/attack/mutation/equivalents.mjs';

const PAGE = 'docs/reliability.md';
const BEGIN = '<!-- mutation: begin, written by npm run test:mutation -->';
const END = '<!-- mutation: end -->';

/** The results of a change that a test has found. A change that makes a program end at once, or never, is found too. */
const found = new Set(['Killed', 'Timeout', 'RuntimeError']);
const missed = new Set(['Survived', 'NoCoverage']);

/** The code that a change replaces, and the code that replaces it, without line breaks. */
function changeOf({ location, replacement }, lines) {
  const { start, end } = location;
  const covered = lines.slice(start.line - 1, end.line);
  covered[covered.length - 1] = covered.at(-1).slice(0, end.column - 1);
  covered[0] = covered[0].slice(start.column - 1);
  const short = text => text.replace(/\s+/g, ' ').trim();
  return { line: short(lines[start.line - 1]), from: short(covered.join('\n')), to: short(replacement) };
}

function isEquivalent(file, { line, from, to }) {
  return equivalents.some(
    one =>
      one.file === file &&
      one.from === from &&
      one.to.includes(to) &&
      (one.line === undefined || line.includes(one.line)),
  );
}

/** Returns what the last run of a part says of each of its files. */
function filesOf(part) {
  const { files } = JSON.parse(readFileSync(`build/mutation/${part}.json`, 'utf8'));
  return Object.entries(files).map(([file, { source, mutants }]) => {
    const lines = source.split('\n');
    const survivors = mutants.filter(({ status }) => missed.has(status));
    const changes = survivors.map(mutant => ({ ...changeOf(mutant, lines), at: mutant.location.start.line }));
    return {
      file,
      found: mutants.filter(({ status }) => found.has(status)).length,
      equivalent: changes.filter(change => isEquivalent(file, change)).length,
      missed: changes.filter(change => !isEquivalent(file, change)),
    };
  });
}

function percent(part, whole) {
  return `${Math.floor((1000 * part) / Math.max(1, whole)) / 10} %`;
}

function row(name, { found, equivalent, missed }) {
  const score = percent(found, found + missed.length);
  return `| ${name} | ${found + missed.length + equivalent} | ${equivalent} | ${found} | ${missed.length} | ${score} |`;
}

function total(rows) {
  return {
    found: rows.reduce((sum, { found }) => sum + found, 0),
    equivalent: rows.reduce((sum, { equivalent }) => sum + equivalent, 0),
    missed: rows.flatMap(({ missed }) => missed),
  };
}

const code = text => `\`\` ${text.length > 70 ? `${text.slice(0, 69)}…` : text} \`\``;

function survivorsOf({ file, missed }) {
  return missed.map(({ at, from, to }) => `- \`${file}\`, line ${at}: ${code(from)} → ${code(to)}`);
}

/** Writes the scores of the parts that have run. */
export function writeReport(parts) {
  const ran = parts.filter(part => existsSync(`build/mutation/${part}.json`));
  const rows = ran.flatMap(filesOf).sort((a, b) => (a.file < b.file ? -1 : 1));
  const left = rows.flatMap(survivorsOf);
  const section = [
    BEGIN,
    '',
    '| file | changes | equivalent | found | not found | score |',
    '|---|---|---|---|---|---|',
    ...rows.map(one => row(`\`${one.file}\``, one)),
    row('all', total(rows)),
    '',
    ...(left.length === 0 ? [] : ['Not found:', '', ...left, '']),
    END,
  ].join('\n');
  const page = readFileSync(PAGE, 'utf8');
  const [before, rest] = page.split(BEGIN);
  if (rest === undefined) throw new Error(`${PAGE} has no line ${BEGIN}`);
  writeFileSync(PAGE, `${before}${section}${rest.split(END)[1]}`);
}
