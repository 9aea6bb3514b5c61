/** What a process inherits from this one. */
import { spawnSync } from 'node:child_process';

/** Returns the files of the descriptors of a new process, except for its standard streams and the list itself. */
export function inherited(): string[] {
  const { stdout, error } = spawnSync('/bin/ls', ['-l', '/proc/self/fd'], {
    encoding: 'latin1',
    stdio: 'pipe',
  });
  if (error) throw error;
  const files = [...stdout.matchAll(/ (\d+) -> (.+)$/gm)];
  if (files.length < 4) throw new Error(`the list is incomplete:\n${stdout}`);
  return files
    .filter(([, fd, file]) => Number(fd) > 2 && !/^\/proc\/\d+\/fd$/.test(file!))
    .map(([, , file]) => file!);
}
