/** Asks the compilers that are here, and compares with what is recorded. */
import { type Asked, ask } from './ask.js';
import { type Column, columns, isInstalled, kernelHeaders, pinned } from './columns.js';
import { withMessages } from './messages.js';
import { newer } from './newer.js';
import { type Entry, readTable, type Table } from './recorded.js';
import type { Platform } from './room.js';
import { everyRoom } from './rooms/index.js';

export interface Survey {
  /** What went unasked, and why. */
  readonly notes: readonly string[];
  readonly differences: readonly string[];
  /** The columns that were asked, as they are to be recorded. */
  readonly tables: ReadonlyMap<Platform, Table>;
}

export function survey(): Survey {
  const notes: string[] = [];
  const differences: string[] = [];
  const tables = new Map<Platform, Table>();
  for (const column of columns) {
    if (!isInstalled(column)) {
      notes.push(`tables: ${column.platform} not asked: no ${column.compiler[0]}. Cure: ${column.cure}`);
      continue;
    }
    const asked = ask(column, everyRoom);
    tables.set(
      column.platform,
      column.platform === 'linux' ? withMessages(column.compiler, asked.table) : asked.table,
    );
    differences.push(...compare(column, asked, readTable(column.platform)));
  }
  const version = kernelHeaders();
  if (version !== undefined && !version.startsWith(`${pinned.version}.`)) {
    notes.push(
      `tables: kernel headers ${version} here; recorded from ${pinned.version} (${pinned.distribution}, ${pinned.package})`,
    );
  }
  return { notes, differences, tables };
}

/** Values alone: comments and paths change with the headers' version, numbers do not. */
function compare({ platform }: Column, asked: Asked, recorded: Table): string[] {
  const unlike = [...asked.table].flatMap(([name, { value }]) =>
    differing(platform, name, value, recorded.get(name)),
  );
  const gone = [...recorded.keys()]
    .filter(name => asked.absent.has(name))
    .map(name => `${platform} ${name}: recorded, but these headers lack it`);
  const stray = [...recorded.keys()]
    .filter(name => !asked.table.has(name) && !asked.absent.has(name))
    .map(name => `${platform} ${name}: recorded, but no room wants it`);
  return [...unlike, ...gone, ...stray];
}

function differing(platform: Platform, name: string, value: number, recorded: Entry | undefined): string[] {
  const known = newer[platform][name]?.value;
  if (known !== undefined && known !== value)
    return [`${platform} ${name}: ${value} here, ${known} in tables/newer.ts`];
  if (known !== undefined || recorded?.value === value) return [];
  return [`${platform} ${name}: ${value} here, ${recorded?.value ?? 'nothing'} recorded`];
}
