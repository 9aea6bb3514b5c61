/** Unique names for sockets in the file system and in the abstract namespace. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

let folder: string | undefined;
let count = 0;

/** Creates a folder for this thread, which is removed when the thread ends. */
export function temporaryFolder(): string {
  if (folder !== undefined) return folder;
  const made = mkdtempSync(join(tmpdir(), 'berkeley-'));
  process.on('exit', () => rmSync(made, { recursive: true, force: true, maxRetries: 10 }));
  folder = made;
  return made;
}

/** Returns a path that does not exist yet. */
export function freshPath(): string {
  return join(temporaryFolder(), `${++count}.sock`);
}

/** Returns a name for the abstract namespace. */
export function freshName(): string {
  return `berkeley-${process.pid}-${threadId}-${++count}`;
}
