/** Runs one scene: a server and a client, with their output. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CAN_INTERFACE } from './needs.js';
import type { Role, Scene } from './scenes.js';
import { Speaker } from './speaker.js';

/** The implementation of a program. */
export type Language = 'berkeley' | 'python';

const programs = fileURLToPath(new URL('..', import.meta.url));
const scripts = fileURLToPath(new URL('../../../examples/python', import.meta.url));

function speaker(language: Language, part: string, role: Role, args: readonly string[]): Speaker {
  const name = `${language} ${part}`.trimEnd().padEnd(15);
  const command: [string, ...string[]] =
    language === 'berkeley'
      ? [process.execPath, join(programs, `${role.ours}.js`), ...args]
      : ['python3', '-u', join(scripts, `${role.theirs}.py`), ...args];
  return new Speaker(name.trimEnd(), command, line => console.log(`  ${name} | ${line}`));
}

/** Returns the arguments of the client, which depend on the server's output. */
async function meet({ meeting, host = 'localhost' }: Scene, server: Speaker): Promise<string[]> {
  if (meeting !== 'port') return [(await server.line(/^Listening on (.+)$/))[1]!];
  const [, port] = await server.line(/^Listening on port (\d+)$/);
  return [host, port!];
}

/** Returns what a program did wrong; usually nothing. */
async function faults(speaker: Speaker, { says }: Role): Promise<string[]> {
  const ending = await speaker.end();
  const unsaid = says.filter(wanted => !speaker.lines.some(line => wanted.test(line)));
  const faults = unsaid.map(wanted => `${speaker.name} did not say ${wanted}`);
  return ending === undefined ? faults : [ending, ...faults];
}

/** Returns the arguments of the server. */
function beginning({ meeting, host }: Scene, folder: string): string[] {
  if (meeting === undefined) return [];
  const place = { port: '0', path: join(folder, 'demo.sock'), interface: CAN_INTERFACE }[meeting];
  return host === undefined ? [place] : [place, host];
}

/** Runs a scene with one program. */
export async function playAlone({ server: role }: Scene, language: Language): Promise<string[]> {
  return faults(speaker(language, '', role, []), role);
}

/**
 * Runs a scene with two programs.
 *
 * @param folder an empty folder, for the sockets that have paths
 * @returns what went wrong
 */
export async function play(
  scene: Scene & { readonly client: Role },
  [serving, asking]: readonly [Language, Language],
  folder: string,
): Promise<string[]> {
  const server = speaker(serving, 'server', scene.server, beginning(scene, folder));
  let client: Speaker | undefined;
  try {
    client = speaker(asking, 'client', scene.client, await meet(scene, server));
    const asked = await faults(client, scene.client);
    // A server would wait indefinitely for a client that has failed.
    return asked.length > 0 ? asked : await faults(server, scene.server);
  } catch (error) {
    return [(error as Error).message];
  } finally {
    server.stop();
    client?.stop();
  }
}
