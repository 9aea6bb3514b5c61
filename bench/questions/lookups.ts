import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Contestant, commandOf } from '../contestant.js';
import { folder } from '../folder.js';
import type { Figures } from '../outcome.js';
import { Server } from '../server.js';
import type { Settings } from '../settings.js';
import { survey } from '../survey.js';

const SIZE = 1 << 20;

/** Whether a look-up waits for the thread pool, in which files are read. */
export const lookups = survey({
  name: 'lookups',
  title: 'Look-ups of a name while eight files of 1 MiB are read',
  note: 'milliseconds',
  server: 'lookups',
  columns: ['lookup', 'lookup99'],
  contestants: [
    { name: 'node:dns', language: 'node' },
    { name: 'berkeley getaddrinfo', language: 'berkeley' },
  ],
  measure,
});

async function measure(contestant: Contestant, { serverCpu }: Settings): Promise<Figures> {
  const file = join(folder, 'read');
  writeFileSync(file, new Uint8Array(SIZE));
  const program = await Server.start(serverCpu, [...commandOf(contestant, 'lookups', []), file]);
  try {
    return JSON.parse(await program.line()) as Figures;
  } finally {
    await program.stop();
  }
}
