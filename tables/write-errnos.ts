/** Writes `src/errors/errno.ts`: one code a number, named as Node names it. */

import { constantsOf } from './subject.js';
import { errno } from './subjects/errno.js';
import type { Columns } from './table.js';
import { banner } from './write-constants.js';

export function writeErrnos(columns: Columns): string {
  const names = errno.groups.flatMap(constantsOf).map(constant => constant.name);
  const rows = names.map(name => {
    const row = columns.row(name);
    const { linux, darwin } = row.values;
    const message = columns.entries('linux').get(name)?.comment ?? row.comment ?? '';
    return `  ['${name}', ${linux}, ${darwin}, ${JSON.stringify(message)}],`;
  });
  return [
    banner('The error numbers of system calls.'),
    '/** Code, its number on Linux and on macOS, and what strerror(3) says of it. One code a number, Node’s where it has one. */',
    'export const errnos: readonly (readonly [',
    '  code: string, linux: number | null, darwin: number | null, message: string',
    '])[] = [',
    ...rows,
    '];',
    '',
  ].join('\n');
}
