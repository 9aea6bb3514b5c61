/** GUIDs: structures in C, so no compiler calls them constants; their initialisers are read from the preprocessed headers. */
import { spawnSync } from 'node:child_process';
import { type Answers, includes, lacking } from './probe.js';
import type { Constant } from './subject.js';

/** The keys of a GUID's four numbers of 32 bits, most significant first. */
export function guidKeysOf({ name }: Constant): string[] {
  return [0, 1, 2, 3].map(i => `${name}.${i}`);
}

/** What the headers, with `initguid.h` among them, say of each GUID. */
export function askGuids(
  compiler: readonly string[],
  headers: readonly string[],
  guids: readonly Constant[],
): Answers {
  const [command, ...flags] = compiler as [string, ...string[]];
  const run = spawnSync(command, [...flags, '-w', '-E', '-P', '-xc', '-'], {
    encoding: 'utf8',
    input: includes(headers).join('\n'),
    maxBuffer: 1 << 28,
  });
  if (run.error) throw run.error;
  const definitions = /\bGUID\b[^;{]*?(\w+)\s*=\s*\{([^{]*)\{([^}]*)\}\s*\}/g;
  const known = new Map(
    [...run.stdout.matchAll(definitions)].map(([, name, head, tail]) => [name!, wordsOf(head!, tail!)]),
  );
  const values = new Map<string, number>();
  for (const guid of guids) {
    const words = known.get(guid.expression);
    for (const [i, key] of guidKeysOf(guid).entries()) if (words) values.set(key, words[i]!);
  }
  const absent = guids.flatMap(guidKeysOf).filter(key => !values.has(key));
  return { values, absent, lacking: lacking(run.stdout) };
}

/** `{ data1, data2, data3, { eight bytes } }` */
function wordsOf(head: string, tail: string): number[] {
  const [data1, data2, data3] = numbersOf(head) as [number, number, number];
  const bytes = Buffer.from(numbersOf(tail));
  return [data1, data2 * 0x10000 + data3, bytes.readUInt32BE(0), bytes.readUInt32BE(4)];
}

function numbersOf(list: string): number[] {
  return list.split(',').filter(Boolean).map(Number).filter(Number.isFinite);
}
