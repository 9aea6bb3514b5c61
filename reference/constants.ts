/** One page per subject of `tables/subjects`. A subject with very many names has several. */
import { join } from 'node:path';
import { pinned } from '../tables/columns.js';
import { root } from '../tables/root.js';
import { type Constant, constantsOf, type Platform, type Subject } from '../tables/subject.js';
import { subjects } from '../tables/subjects/index.js';
import { type Columns, platforms } from '../tables/table.js';
import { literal, saidOf, textsOf, title } from '../tables/write-constants.js';
import { code, groupBy, kebab, page, table } from './markdown.js';

export interface ConstantsPage {
  readonly subject: string;
  readonly file: string;
  readonly text: string;
  readonly names: readonly string[];
}

/**
 * The numbers of architectures that differ. No program needs them by this name, so the package does not
 * export them.
 */
const { exceptions }: { exceptions: Readonly<Record<string, Readonly<Record<string, number>>>> } =
  await import(join(root, 'dist/constants/exceptions.js'));

/** When a page has this many names, the next group starts another page. */
const ENOUGH = 280;

/** The content of one heading: names with the same facts, from one manual page. */
interface Section {
  readonly heading: string;
  readonly man: string | undefined;
  readonly constants: readonly Constant[];
}

export function constantsPages(columns: Columns): readonly ConstantsPage[] {
  return subjects.flatMap(subject => pagesOf(subject, columns));
}

function pagesOf(subject: Subject, columns: Columns): ConstantsPage[] {
  const pages = split(sectionsOf(subject));
  return pages.map((sections, i) => ({
    subject: subject.name,
    file: `docs/reference/constants/${kebab(subject.name)}${i === 0 ? '' : `-${i + 1}`}.md`,
    text: write(subject, sections, i, pages.length, columns),
    names: sections.flatMap(({ constants }) => constants.map(({ name }) => name)),
  }));
}

function sectionsOf({ groups }: Subject): readonly Section[] {
  const alike = groupBy(groups, ({ about, man }) => `${about}\n${man}`);
  return [...alike.values()].map(some => ({
    heading: some[0]!.about.replace(/\.$/, ''),
    man: some[0]!.man,
    constants: some.flatMap(constantsOf),
  }));
}

function split(sections: readonly Section[]): Section[][] {
  const pages: Section[][] = [[]];
  let count = 0;
  for (const section of sections) {
    if (count > ENOUGH) {
      pages.push([]);
      count = 0;
    }
    pages.at(-1)!.push(section);
    count += section.constants.length;
  }
  return pages;
}

function write(
  subject: Subject,
  sections: readonly Section[],
  index: number,
  count: number,
  columns: Columns,
): string {
  const part = count === 1 ? '' : `, ${index + 1} of ${count}`;
  const texts = textsOf(subject, columns).map(({ name, value, about }) => [
    code(name),
    code(`'${value}'`),
    about,
  ]);
  return page(`Constants: ${subject.name}${part}`, [
    `A dash means that the platform lacks the name. A release beside a number is the first that has it; numbers without one exist in Linux ${pinned.version}. For names without a description, see the heading.`,
    ...sections.flatMap(section => writeSection(section, columns)),
    ...(texts.length === 0 || index > 0 ? [] : ['## Strings', table(['name', 'value', 'what it is'], texts)]),
  ]);
}

function writeSection({ heading, man, constants }: Section, columns: Columns): string[] {
  const shown = platformsOf(constants, columns);
  const head = ['name', ...shown.map(platform => title[platform]), 'what it is'];
  return [
    `## ${heading}`,
    ...(man === undefined ? [] : [`Manual: ${man}.`]),
    table(
      head,
      constants.map(constant => cellsOf(constant, shown, columns)),
    ),
  ];
}

/** FreeBSD lacks the subjects that are Linux's alone. The column is shown if a name has a value. */
function platformsOf(constants: readonly Constant[], columns: Columns): readonly Platform[] {
  const has = constants.some(({ name }) => columns.value('freebsd', name) !== null);
  return platforms.filter(platform => platform !== 'freebsd' || has);
}

function cellsOf(constant: Constant, shown: readonly Platform[], columns: Columns): string[] {
  const { name, group } = constant;
  const row = columns.row(name);
  const value = (platform: Platform) => {
    const number = row.values[platform];
    const since = row.since[platform];
    if (number === null) return '–';
    return `${literal(number, group.hex === true)}${since ? ` (${title[platform]} ${since})` : ''}`;
  };
  const elsewhere = Object.entries(exceptions)
    .filter(([, names]) => name in names)
    .map(([architecture, names]) => `${literal(names[name]!, group.hex === true)} on ${architecture}.`);
  const said = saidOf(constant, row);
  return [code(name), ...shown.map(value), [...(said === group.about ? [] : [said]), ...elsewhere].join(' ')];
}

/** The prefixes of names, the most frequent first. */
export function prefixesOf(names: readonly string[]): string[] {
  const groups = groupBy(names, name => name.replace(/_.*/, '_'));
  const byCount = [...groups]
    .filter(([prefix]) => prefix.endsWith('_'))
    .sort(([, a], [, b]) => b.length - a.length);
  return byCount.map(([prefix]) => prefix);
}
