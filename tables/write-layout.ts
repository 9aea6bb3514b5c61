/** Writes a subject's `layout.ts`: sizes and offsets of kernel structures, as the compiler gives them. */
import { type VariantName, variantNames } from './layouts.js';
import { measuresOf, type Struct, type Subject } from './subject.js';
import type { Columns } from './table.js';
import { banner, title } from './write-constants.js';

export function writeLayout(subject: Subject, columns: Columns): string {
  const platform = subject.platform ?? 'linux';
  const structs = subject.structs ?? [];
  const variants = structs.map(struct => (platform === 'linux' ? variantsOf(struct, columns) : []));
  const differs = variants.some(list => list.length > 0);
  const where = `64-bit ${title[platform]} (x64, arm64)${differs ? ', and where others differ' : ''}`;
  return [
    banner(`Kernel structures of ${subject.name}: sizes and offsets in bytes, on ${where}.`),
    ...(differs ? [`import { layoutOf } from '${pathToConstants(subject.layout!)}layout-of.js';`, ''] : []),
    ...structs.map((struct, i) =>
      writeStruct(struct, key => columns.value(platform, key), variants[i]!, columns),
    ),
  ].join('\n');
}

function pathToConstants(file: string): string {
  return file.startsWith('src/constants/') ? './' : `${'../'.repeat(file.split('/').length - 2)}constants/`;
}

/** The systems that lay this structure out in another way. */
function variantsOf(struct: Struct, columns: Columns): VariantName[] {
  return variantNames.filter(name => columns.layout(name, `${struct.name}.size`) !== null);
}

function writeStruct(
  struct: Struct,
  value: (key: string) => number | null,
  variants: readonly VariantName[],
  columns: Columns,
): string {
  const type = struct.type ?? `struct ${struct.name}`;
  const about = `/** \`${type}\`: ${struct.about} */`;
  const linux = writeFields(struct, value);
  if (variants.length === 0)
    return [about, `export const ${struct.name} = ${linux} as const;`, ''].join('\n');
  const others = variants.map(name => `${name}: ${writeFields(struct, key => columns.layout(name, key))},`);
  return [about, `export const ${struct.name} = layoutOf(${linux}, {`, ...others, '});', ''].join('\n');
}

function writeFields(struct: Struct, value: (key: string) => number | null): string {
  const fields = measuresOf(struct).map(({ key }) => {
    const number = value(key);
    if (number === null) throw new Error(`the headers know no ${key}`);
    return `${key.slice(struct.name.length + 1)}: ${number}`;
  });
  return `{\n${fields.map(field => `  ${field},`).join('\n')}\n}`;
}
