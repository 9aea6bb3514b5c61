/** Writes a room's `layout.ts`: sizes and offsets of kernel structures, as the compiler gives them. */
import { measuresOf, type Room, type Struct } from './room.js';
import type { Columns } from './table.js';
import { banner } from './write-constants.js';

export function writeLayout(room: Room, columns: Columns): string {
  return [
    banner(`Kernel structures of ${room.name}: sizes and offsets in bytes, on 64-bit Linux (x64, arm64).`),
    ...(room.structs ?? []).map(struct => writeStruct(struct, columns)),
  ].join('\n');
}

function writeStruct(struct: Struct, columns: Columns): string {
  const fields = measuresOf(struct).map(({ key }) => {
    const value = columns.value('linux', key);
    if (value === null) throw new Error(`the headers know no ${key}`);
    return `  ${key.slice(struct.name.length + 1)}: ${value},`;
  });
  const type = struct.type ?? `struct ${struct.name}`;
  const about = `/** \`${type}\`: ${struct.about} */`;
  return [about, `export const ${struct.name} = {`, ...fields, '} as const;', ''].join('\n');
}
