/** Asks the compilers that are here, and compares with what is recorded. */
import { type Asked, ask } from './ask.js';
import { type Column, columns, isInstalled, kernelHeaders, newerColumn, pinned } from './columns.js';
import { withMessages } from './messages.js';
import { newer, published } from './newer.js';
import { readTable, type Table } from './recorded.js';
import type { Platform } from './room.js';
import { everyRoom } from './rooms/index.js';

export interface Survey {
  /** What went unasked, and why. */
  readonly notes: readonly string[];
  readonly differences: readonly string[];
  /** The columns that were asked, as they are to be recorded. */
  readonly tables: ReadonlyMap<Platform, Table>;
}

/** What is only compared needs no comments. */
export function survey(comments: boolean): Survey {
  const notes: string[] = [];
  const differences: string[] = [];
  const tables = new Map<Platform, Table>();
  const version = kernelHeaders();
  for (const column of columns) {
    if (!isInstalled(column)) {
      notes.push(`tables: ${column.platform} not asked: no ${column.compiler[0]}. Cure: ${column.cure}`);
      continue;
    }
    const asked = ask(column, everyRoom, comments);
    const recorded = readTable(column.platform);
    notes.push(...missingHeaders(column, asked));
    differences.push(...compare(column, asked, recorded, column.platform !== 'linux' || arePinned(version)));
    tables.set(column.platform, merge(column, asked, recorded));
  }
  differences.push(...newerDifferences(notes));
  if (version !== undefined && !arePinned(version)) {
    notes.push(
      `tables: kernel headers ${version} here; recorded from ${pinned.version} (${pinned.distribution}, ${pinned.package})`,
    );
  }
  return { notes, differences, tables };
}

/** What is newer than the recorded headers, against headers that have it. */
function newerDifferences(notes: string[]): string[] {
  if (!isInstalled(newerColumn)) {
    notes.push(`tables: tables/newer.ts not asked: no ${newerColumn.compiler[0]}. Cure: ${newerColumn.cure}`);
    return [];
  }
  const { table } = ask(newerColumn, everyRoom);
  return Object.entries(newer.linux).flatMap(([name, { value }]) => {
    const here = table.get(name)?.value;
    if (here === value || (here === undefined && !published(name))) return [];
    return [`linux ${name}: ${value} in tables/newer.ts, ${here ?? 'nothing'} in newer headers`];
  });
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
  const kept = [...recorded].filter(([name]) => asked.unasked.has(name));
  const table: Table = new Map([...asked.table, ...kept]);
  return column.platform === 'linux' ? withMessages(column.compiler, table) : table;
}

function arePinned(version: string | undefined): boolean {
  return version?.startsWith(`${pinned.version}.`) === true;
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
    .map(name => `${platform} ${name}: recorded, but no room wants it`);
  return [...unlike, ...gone, ...stray];
}
