/** What the record says, for people: the table of README.md, and docs/families.md with each test by its name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tables/root.js';
import { openingOf } from '../comments.js';
import { anchor, groupBy, oneLine, sentence, table } from '../markdown.js';
import { type Machine, type Outcome, type Proof, recordFile } from './record.js';
import { type Evidence, type Subject, subjects } from './subjects.js';

export const familiesPage = 'docs/families.md';
const BEGIN = '<!-- Written by `npm run proof`: DO NOT EDIT. -->';
const END = '<!-- The end of what npm run proof wrote. -->';

export function machineText({ where, kernel, debian }: Machine): string {
  return `${debian ? 'Debian’s ' : ''}Linux ${kernel}${where === 'guest' ? ' under QEMU' : ''}`;
}

/** One test, and what became of it on a machine. */
interface Finding {
  readonly file: string;
  readonly name: string;
  readonly machine: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly reason?: string | undefined;
}

function findingsIn(file: string, machine: string, { passed, failed, skipped }: Outcome): Finding[] {
  return [
    ...passed.map(name => ({ file, machine, name, status: 'passed' as const })),
    ...failed.map(name => ({ file, machine, name, status: 'failed' as const })),
    ...Object.entries(skipped).map(([name, reason]) => ({
      file,
      machine,
      name,
      status: 'skipped' as const,
      reason,
    })),
  ];
}

export function findings(proof: Proof, evidence: readonly Evidence[]): readonly Finding[] {
  return evidence.flatMap(({ file, tests = /^/ }) =>
    Object.entries(proof.outcomes[file] ?? {})
      .flatMap(([machine, outcome]) => findingsIn(file, machine, outcome))
      .filter(({ name }) => tests.test(name)),
  );
}

const isPassed = ({ status }: Finding) => status === 'passed';
const isFailed = ({ status }: Finding) => status === 'failed';

/** Whether a subject is proved: of each of its own files tests passed somewhere, and none failed anywhere. */
export function isProved(proof: Proof, { tests }: Subject): boolean {
  return tests.length > 0 && tests.every(evidence => isSound(findings(proof, [evidence])));
}

function isSound(found: readonly Finding[]): boolean {
  return found.some(isPassed) && !found.some(isFailed);
}

/** Links from a page in `folder`. */
function linkTo(folder: string, text: string, target: string): string {
  const path =
    folder === ''
      ? target
      : target.startsWith(`${folder}/`)
        ? target.slice(folder.length + 1)
        : `../${target}`;
  return `[${text}](${path})`;
}

function namesOf(proof: Proof, some: readonly Finding[]): string {
  const machines = [...new Set(some.map(({ machine }) => machine))].sort();
  return machines.map(machine => machineText(proof.machines[machine]!)).join('; ');
}

function cellsOf(proof: Proof, subject: Subject): string[] {
  const files = subject.tests.map(evidence => {
    const link = linkTo('', evidence.file.replace('test/families/', ''), evidence.file);
    return findings(proof, [evidence]).some(isPassed) ? link : `${link} (unproved)`;
  });
  return [
    linkTo('', subject.name, `${familiesPage}#${anchor(subject.name)}`),
    files.join(', '),
    verdict(proof, subject),
  ];
}

/** What has to be said first: that a test fails, or that none has passed; else how many did, and where. */
function verdict(proof: Proof, { tests, onlyOn }: Subject): string {
  const found = findings(proof, tests);
  const failed = found.find(isFailed);
  if (failed !== undefined)
    return `**fails** on ${machineText(proof.machines[failed.machine]!)}: ${failed.name}`;
  if (!found.some(isPassed)) return '**unproved**';
  const byMachine = groupBy(found.filter(isPassed), ({ machine }) => machineText(proof.machines[machine]!));
  const counts = [...byMachine].map(([machine, some]) => `${some.length} on ${machine}`).join('; ');
  return onlyOn === undefined ? counts : `addresses only, ${counts}; the sockets need ${onlyOn}`;
}

/** The README with its table as the record has it. */
export function readmeWith(proof: Proof, readme: string): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new Error(`README.md has no place for the table, between ${BEGIN} and ${END}`);
  const head = ['family or protocol', 'the tests that prove it', 'passed'];
  const rows = subjects().map(subject => cellsOf(proof, subject));
  return `${readme.slice(0, begin)}${BEGIN}\n\n${table(head, rows)}\n\n${readme.slice(end)}`;
}

export function writeFamilies(proof: Proof): string {
  const machines = Object.values(proof.machines).map(
    machine => `- ${machineText(machine)}: Node.js ${machine.node}`,
  );
  return `${[
    BEGIN,
    '# Families, and what proves them',
    `What the last runs of \`npm test\` and \`npm run test:vm\` recorded, test by test. \`npm run proof\` takes it from where the tests leave it into ${linkTo('docs', 'families.json', recordFile)}, and writes this page and the table in ${linkTo('docs', 'README.md', 'README.md')}.`,
    'The tests ran on:',
    machines.join('\n'),
    ...subjects().flatMap(subject => section(proof, subject)),
  ].join('\n\n')}\n`;
}

function section(proof: Proof, subject: Subject): string[] {
  const only =
    subject.onlyOn === undefined
      ? []
      : [`No Linux has it: its addresses alone are proved here. Its sockets need ${subject.onlyOn}.`];
  return [
    `## ${subject.name}`,
    `${roomText(subject)} ${linkTo('docs', 'Its subject', subject.subject)}.`,
    ...only,
    ...subject.tests.flatMap(evidence => evidenceText(proof, evidence)),
    ...moreText(proof, subject),
  ];
}

/** The first paragraph of a subject's page; protocols that share a subject have none of their own. */
function roomText({ name, subject }: Subject): string {
  if (!name.startsWith('AF_')) return `Over IP.`;
  const [, paragraph = ''] = readFileSync(join(root, subject), 'utf8').split('\n\n');
  return oneLine(paragraph).replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'); // its links lead nowhere from here
}

function evidenceText(proof: Proof, evidence: Evidence): string[] {
  const found = findings(proof, [evidence]);
  const head = `${linkTo('docs', evidence.file, evidence.file)}: ${sentence(openingOf(evidence.file))}`;
  if (!found.some(isPassed))
    return [head, '**Unproved**: no test of it has passed in a recorded run.', ...skips(proof, found)];
  return [head, ...lists(proof, found), ...skips(proof, found)];
}

/** The tests that passed on the same machines, together; before them those that failed. */
function lists(proof: Proof, found: readonly Finding[]): string[] {
  const failed = found
    .filter(isFailed)
    .map(({ name, machine }) => `- ${name} (${machineText(proof.machines[machine]!)})`);
  const byTest = [...groupBy(found.filter(isPassed), ({ name }) => name).values()];
  const together = [...groupBy(byTest, some => namesOf(proof, some))];
  return [
    ...(failed.length === 0 ? [] : ['**Failed**:', failed.join('\n')]),
    ...together.flatMap(([where, tests]) => [
      `Passed on ${where}:`,
      tests.map(some => `- ${some[0]!.name}`).join('\n'),
    ]),
  ];
}

function skips(proof: Proof, found: readonly Finding[]): string[] {
  const skipped = found.filter(({ status }) => status === 'skipped');
  const reasons = groupBy(
    skipped,
    ({ machine, reason }) => `${machineText(proof.machines[machine]!)}: ${reason}`,
  );
  const lines = [...reasons].map(([where, some]) => `- ${some.length} on ${where}`);
  return lines.length === 0 ? [] : ['Skipped:', lines.join('\n')];
}

function moreText(proof: Proof, { more }: Subject): string[] {
  const lines = more.flatMap(evidence => {
    const passed = findings(proof, [evidence]).filter(isPassed);
    if (passed.length === 0) return [];
    const count = new Set(passed.map(({ name }) => name)).size;
    const what = `${count} ${evidence.unit ?? 'tests'} on ${namesOf(proof, passed)}`;
    return [`- ${linkTo('docs', evidence.file, evidence.file)}: ${what}`];
  });
  return lines.length === 0 ? [] : ['Of what several families share, there passed:', lines.join('\n')];
}
