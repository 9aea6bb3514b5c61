/** The columns side by side for the writers: the recorded ones, those newer than the headers, and our own numbers. */

import { readLayouts, type VariantName, variantNames } from './layouts.js';
import { newer } from './newer.js';
import { privateNumbers } from './private.js';
import { type Entry, readTable, type Table } from './recorded.js';
import type { Platform } from './subject.js';

export const platforms: readonly Platform[] = ['linux', 'win32', 'darwin', 'freebsd'];

export interface Row {
  readonly values: Readonly<Record<Platform, number | null>>;
  readonly header: string | undefined;
  readonly comment: string | undefined;
  /** The release that brought it, where that is later than the pinned headers. */
  readonly since: Readonly<Partial<Record<Platform, string>>>;
}

export class Columns {
  readonly #tables: Readonly<Record<Platform, Table>>;

  readonly #layouts = new Map(variantNames.map(name => [name, readLayouts(name)] as const));

  constructor(read: (platform: Platform) => Table = readTable) {
    this.#tables = {
      linux: read('linux'),
      win32: read('win32'),
      darwin: read('darwin'),
      freebsd: read('freebsd'),
    };
  }

  row(name: string): Row {
    const entries = platforms.map(platform => [platform, this.#tables[platform].get(name)] as const);
    const first = entries.find(([, entry]) => entry !== undefined)?.[1];
    const commented = entries.find(([, entry]) => entry?.comment !== undefined)?.[1];
    return {
      values: record(platform => this.value(platform, name)),
      header: first?.header,
      comment: commented?.comment,
      since: record(platform => newer[platform][name]?.since),
    };
  }

  value(platform: Platform, name: string): number | null {
    const known = newer[platform][name]?.value ?? this.#tables[platform].get(name)?.value;
    return known ?? privateNumbers[platform][name] ?? null;
  }

  /** A structure's size or offset where it differs from 64-bit Linux; `null` where it does not. */
  layout(variant: VariantName, key: string): number | null {
    return this.#layouts.get(variant)?.get(key)?.value ?? null;
  }

  entries(platform: Platform): ReadonlyMap<string, Entry> {
    return this.#tables[platform];
  }
}

function record<Value>(of: (platform: Platform) => Value): Record<Platform, Exclude<Value, undefined>> {
  const pairs = platforms.map(platform => [platform, of(platform)] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined)) as never;
}
