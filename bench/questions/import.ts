import { type Contestant, commandOf } from '../contestant.js';
import { entries } from '../design.js';
import type { Figures } from '../outcome.js';
import { Server } from '../server.js';
import type { Settings } from '../settings.js';
import { survey } from '../survey.js';

function ours(way: string): Contestant {
  const targets = [
    { figure: 'milliseconds', atMost: 2, of: 'better-sqlite3' },
    { figure: 'megabytes', atMost: 8 },
  ];
  return { name: way, language: 'berkeley', way, targets };
}

/** The cost of importing the package. */
export const importing = survey({
  name: 'import',
  title: 'Import of a package',
  note: 'time, and additional memory of the process',
  server: 'import',
  columns: ['milliseconds', 'megabytes'],
  contestants: [
    { name: 'better-sqlite3', language: 'node', way: 'better-sqlite3', needs: 'better-sqlite3' },
    ...entries.map(ours),
  ],
  measure,
});

/** Runs a program that prints its figures. */
async function measure(contestant: Contestant, { serverCpu }: Settings): Promise<Figures> {
  const program = await Server.start(serverCpu, commandOf(contestant, 'import', []));
  try {
    return JSON.parse(program.where) as Figures;
  } finally {
    await program.stop();
  }
}
