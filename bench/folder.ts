/** The temporary directory of a run: compiled C programs, sockets that have paths, a compiled base. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'berkeley-bench-';

removeStale();

/** Its name contains the process id of the run. */
export const folder: string = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Removes the directories of runs that were killed (`SIGKILL`), which could not remove them. */
function removeStale(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const pid = /^\d+/.exec(name.slice(PREFIX.length))?.[0];
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}
