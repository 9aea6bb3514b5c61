/**
 * Layouts of structures that differ from those of 64-bit Linux. Each variant is asked of zig, which brings the headers of
 * every system; only structures that differ, and that the variant's headers have whole, are recorded.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zigFor } from './columns.js';
import { probe, type Question } from './probe.js';
import { parseTable, readTable, type Table } from './recorded.js';
import { root } from './root.js';
import { headersFor, measuresOf, type Platform, type Struct, type Subject } from './subject.js';
import { everySubject } from './subjects/index.js';

export const variantNames = ['ilp32', 'darwin', 'freebsd', 'win32'] as const;
export type VariantName = (typeof variantNames)[number];

interface Variant {
  readonly platform: Platform;
  readonly compiler: readonly string[];
  /** The 64-bit compiler with the same headers, where the recorded ones are others. */
  readonly wide?: readonly string[];
  /** Structures that the native core converts, so that JavaScript uses the layout of 64-bit Linux. */
  readonly converted?: readonly string[];
}

const variants: Readonly<Record<VariantName, Variant>> = {
  // 32-bit Linux with 64-bit numbers aligned to 8 bytes: arm.
  ilp32: {
    platform: 'linux',
    compiler: [...zigFor('arm-linux-gnueabihf'), '-D_GNU_SOURCE'],
    wide: [...zigFor('x86_64-linux-gnu'), '-D_GNU_SOURCE'],
  },
  darwin: { platform: 'darwin', compiler: zigFor('aarch64-macos') },
  freebsd: { platform: 'freebsd', compiler: zigFor('x86_64-freebsd') },
  win32: {
    platform: 'win32',
    compiler: [...zigFor('x86_64-windows-gnu'), '-DWIN32_LEAN_AND_MEAN', '-D_WIN32_WINNT=0x0A00'],
    converted: ['linger', 'timeval'], // native/core/win32_options.c
  },
};

export function layoutFile(name: VariantName): string {
  return `tables/recorded/layout-${name}.tsv`;
}

export function readLayouts(name: VariantName): Table {
  const file = join(root, layoutFile(name));
  return existsSync(file) ? parseTable(readFileSync(file, 'utf8')) : new Map();
}

/** The structures of Linux that a variant lays out in another way. */
export function askLayouts(name: VariantName): Table {
  const { platform, compiler, wide, converted = [] } = variants[name];
  const here = measure(compiler, platform);
  const usual = wide === undefined ? readTable('linux') : undefined;
  const others = wide === undefined ? undefined : measure(wide, platform);
  const value = (key: string) => (others === undefined ? usual!.get(key)?.value : others.get(key));
  const differing = structsOf(everySubject).filter(({ struct }) => {
    const keys = measuresOf(struct).map(({ key }) => key);
    if (converted.includes(struct.name)) return false;
    return keys.every(key => here.has(key)) && keys.some(key => here.get(key) !== value(key));
  });
  const keys = differing.flatMap(({ struct }) => measuresOf(struct).map(({ key }) => key));
  return new Map(keys.map(key => [key, { value: here.get(key)! }]));
}

/** What differs between the recorded layouts of a variant and what its compiler says. */
export function compareLayouts(name: VariantName): string[] {
  const [asked, recorded] = [askLayouts(name), readLayouts(name)];
  return [...new Set([...asked.keys(), ...recorded.keys()])].flatMap(key => {
    const [now, before] = [asked.get(key)?.value, recorded.get(key)?.value];
    return now === before
      ? []
      : [`${name} ${key}: ${now ?? 'nothing'} here, ${before ?? 'nothing'} recorded`];
  });
}

function structsOf(subjects: readonly Subject[]): { subject: Subject; struct: Struct }[] {
  const ofLinux = subjects.filter(({ platform }) => platform === undefined || platform === 'linux');
  return ofLinux.flatMap(subject => (subject.structs ?? []).map(struct => ({ subject, struct })));
}

/** The sizes and offsets that a compiler knows; structures that share headers are compiled together. */
function measure(compiler: readonly string[], platform: Platform): ReadonlyMap<string, number> {
  const sheets = new Map<string, { headers: readonly string[]; questions: Question[] }>();
  for (const { subject, struct } of structsOf(everySubject)) {
    const headers = headersOf(subject, struct, platform);
    const sheet = sheets.get(headers.join()) ?? { headers, questions: [] };
    sheet.questions.push(...measuresOf(struct));
    sheets.set(headers.join(), sheet);
  }
  return new Map(
    [...sheets.values()].flatMap(({ headers, questions }) => [...probe(compiler, headers, questions).values]),
  );
}

/** Structures that no subject of this platform has headers for are asked of Linux's: many systems have the same. */
function headersOf({ headers }: Subject, struct: Struct, platform: Platform): readonly string[] {
  const { headers: own } = struct;
  if (own !== undefined) return platform === 'freebsd' ? ['sys/types.h', ...own] : own;
  return headersFor(headers, platform) ?? headers.linux ?? [];
}
