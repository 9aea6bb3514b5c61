/** Writes a subject's `layout.ts`: sizes and offsets of kernel structures, as the compiler gives them. */
import { measuresOf, type Platform, type Struct, type Subject } from './subject.js';
import type { Columns } from './table.js';
import { banner, title } from './write-constants.js';

export function writeLayout(subject: Subject, columns: Columns): string {
  const platform = subject.platform ?? 'linux';
  return [
    banner(
      `Kernel structures of ${subject.name}: sizes and offsets in bytes, on 64-bit ${title[platform]} (x64, arm64).`,
    ),
    ...(subject.structs ?? []).map(struct => writeStruct(struct, platform, columns)),
  ].join('\n');
}

function writeStruct(struct: Struct, platform: Platform, columns: Columns): string {
  const fields = measuresOf(struct).map(({ key }) => {
    const value = columns.value(platform, key);
    if (value === null) throw new Error(`the headers know no ${key}`);
    return `  ${key.slice(struct.name.length + 1)}: ${value},`;
  });
  const type = struct.type ?? `struct ${struct.name}`;
  const about = `/** \`${type}\`: ${struct.about} */`;
  return [about, `export const ${struct.name} = {`, ...fields, '} as const;', ''].join('\n');
}
