/** What strerror(3) says, of this machine's C library: the one question that has to be run. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entry, Table } from './recorded.js';
import { constantsOf } from './subject.js';
import { errno } from './subjects/errno.js';

/** `table` with the messages of the error numbers for comments. */
export function withMessages(compiler: readonly string[], table: Table): Table {
  const messages = strerrors(compiler);
  const told = new Map<string, Entry>(table);
  for (const { name } of errno.groups.flatMap(constantsOf)) {
    const entry = table.get(name);
    if (entry !== undefined) told.set(name, { ...entry, comment: messages[entry.value] });
  }
  return told;
}

const program = `
#include <stdio.h>
#include <string.h>
int main(void) { for (int i = 0; i < 200; i++) puts(strerror(i)); return 0; }
`;

function strerrors(compiler: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-tables-'));
  try {
    const output = join(folder, 'messages');
    const [command, ...flags] = compiler as [string, ...string[]];
    const run = spawnSync(command, [...flags, '-xc', '-', '-o', output], {
      input: program,
      encoding: 'utf8',
    });
    if (run.status !== 0) throw new Error(`strerror(3) cannot be asked:\n${run.stderr}`);
    return execFileSync(output, { encoding: 'utf8', env: { LC_ALL: 'C' } }).split('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
