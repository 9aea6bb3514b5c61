/** Asks the compilers that are here, and compares with what is recorded. */
import { type Asked, ask } from './ask.js';
import { type Column, columns, isInstalled, isSince, kernelHeaders, newerColumn, pinned } from './columns.js';
import { withMessages } from './messages.js';
import { newer, published } from './newer.js';
import { type Entry, readTable, type Table } from './recorded.js';
import type { Platform } from './subject.js';
import { everySubject } from './subjects/index.js';

/** What a compiler said, beside what is recorded. */
export interface Survey {
  /** What went unasked, and why. */
  readonly unasked: readonly string[];
  readonly notes: readonly string[];
  readonly differences: readonly string[];
  /** The column as it is to be recorded; absent where there was nobody to ask. */
  readonly table?: Table;
}

/** Asks one column's compiler. What is only compared needs no comments. */
export function survey(column: Column, comments = false): Survey {
  if (!isInstalled(column)) return nobody(column, `${column.platform} not asked`);
  const asked = ask(column, everySubject, comments);
  const recorded = readTable(column.platform);
  const version = column.platform === 'linux' ? kernelHeaders(column) : undefined;
  const others = version === undefined || arePinned(version) ? [] : [otherHeaders(version)];
  return {
    unasked: missingHeaders(column, asked),
    notes: others,
    differences: compare(column, asked, recorded, others.length === 0),
    table: merge(column, asked, recorded),
  };
}

/** What is newer than the recorded headers, against headers that have it. */
export function surveyNewer(): Survey {
  if (!isInstalled(newerColumn)) return nobody(newerColumn, 'tables/newer.ts not asked');
  const version = kernelHeaders(newerColumn) ?? pinned.version;
  const { table } = ask(newerColumn, everySubject);
  return {
    unasked: [],
    notes: [`tables: newer.ts was compared with the headers of Linux ${version}`],
    differences: [...unlikeNewer(table, version), ...notYetNewer(table)],
  };
}

/** Every column, and what is newer. */
export function surveyAll(comments: boolean): { surveys: Survey[]; tables: ReadonlyMap<Platform, Table> } {
  const tables = new Map<Platform, Table>();
  const surveys = columns.map(column => {
    const found = survey(column, comments);
    if (found.table !== undefined) tables.set(column.platform, found.table);
    return found;
  });
  return { surveys: [...surveys, surveyNewer()], tables };
}

function nobody({ compiler, cure }: Column, what: string): Survey {
  return { unasked: [`tables: ${what}: no ${compiler[0]}. Cure: ${cure}`], notes: [], differences: [] };
}

/** A release that these headers do not reach is not their concern. */
function unlikeNewer(table: Table, version: string): string[] {
  return Object.entries(newer.linux).flatMap(([name, { value, since }]) => {
    const here = table.get(name)?.value;
    if (here === value || !isSince(version, since || pinned.version)) return [];
    if (here === undefined && !published(name)) return [];
    return [`linux ${name}: ${value} in tables/newer.ts, ${here ?? 'nothing'} in the headers of ${version}`];
  });
}

/** What a subject wants, these headers have, and neither the recorded ones nor tables/newer.ts. */
function notYetNewer(table: Table): string[] {
  const recorded = readTable('linux');
  return [...table]
    .filter(([name]) => !recorded.has(name) && newer.linux[name] === undefined)
    .map(([name, { value }]) => `linux ${name}: ${value} in newer headers, and not in tables/newer.ts`);
}

function missingHeaders({ platform, cure }: Column, { unasked }: Asked): string[] {
  const headers = new Set([...unasked.values()].flatMap(lacking => lacking.split(' ')));
  if (headers.size === 0) return [];
  return [
    `tables: ${platform}: no ${[...headers].join(', ')} here, so ${unasked.size} names went unasked. Cure: ${cure}`,
  ];
}

/** What is to be recorded: what was asked, and what was recorded before where it could not be asked. */
function merge(column: Column, asked: Asked, recorded: Table): Table {
  const entries = asked.keys.map(key => {
    const kept = asked.unasked.has(key) ? recorded.get(key) : undefined;
    return [key, asked.table.get(key) ?? kept] as const;
  });
  const table: Table = new Map(entries.filter((entry): entry is [string, Entry] => entry[1] !== undefined));
  return column.platform === 'linux' ? withMessages(column.compiler, table) : table;
}

function arePinned(version: string): boolean {
  return version.startsWith(`${pinned.version}.`);
}

function otherHeaders(version: string): string {
  const recorded = `${pinned.version} (${pinned.distribution}, ${pinned.package})`;
  return `tables: kernel headers ${version} here; recorded from ${recorded}`;
}

/** Values alone: comments and paths change with the headers' version, numbers do not. Which names there are changes with it too. */
function compare({ platform }: Column, asked: Asked, recorded: Table, pinnedHere: boolean): string[] {
  const unlike = [...asked.table].flatMap(([name, { value }]) => {
    if (recorded.get(name)?.value === value) return [];
    const known = newer[platform][name]?.value;
    if (known !== value)
      return [
        `${platform} ${name}: ${value} here, ${known ?? recorded.get(name)?.value ?? 'nothing'} recorded`,
      ];
    return pinnedHere ? [`${platform} ${name}: in the headers now; delete its line in tables/newer.ts`] : [];
  });
  const gone = [...recorded.keys()]
    .filter(name => pinnedHere && asked.absent.has(name))
    .map(name => `${platform} ${name}: recorded, but these headers lack it`);
  const stray = [...recorded.keys()]
    .filter(name => !asked.table.has(name) && !asked.absent.has(name) && !asked.unasked.has(name))
    .map(name => `${platform} ${name}: recorded, but no subject wants it`);
  return [...unlike, ...gone, ...stray];
}
