/** Names that nobody else uses: for sockets in the file system and in the abstract namespace. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

let folder: string | undefined;
let count = 0;

/** A folder of this thread's, removed when the thread ends. */
export function temporaryFolder(): string {
  if (folder !== undefined) return folder;
  const made = mkdtempSync(join(tmpdir(), 'berkeley-'));
  process.on('exit', () => rmSync(made, { recursive: true, force: true }));
  folder = made;
  return made;
}

/** A path that does not exist yet. */
export function freshPath(): string {
  return join(temporaryFolder(), `${++count}.sock`);
}

/** A name for the abstract namespace. */
export function freshName(): string {
  return `berkeley-${process.pid}-${threadId}-${++count}`;
}
