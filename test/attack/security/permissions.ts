/** The permission models of Node.js and Deno: what the installed package needs, and what it says where that is missing. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../tables/root.js';
import { temporaryFolder } from '../../support/names.js';
import { denoCommand } from '../../support/runtimes.js';
import type { Trial } from '../part.js';

const program = `
import { AF_INET, SOCK_DGRAM, Socket, createConnection, createServer, socketpair } from 'berkeley';
const [a, b] = socketpair();
await a.send('wor');
const server = createServer({ host: '127.0.0.1', port: 0 });
const client = await createConnection(server.getsockname());
const { socket } = await server.accept();
await socket.send('ks');
console.log(String(await b.recv(9)) + String(await client.recv(9)));
process.exit();
`;

/** A folder with a program and the installed package. */
function installed(): string {
  const folder = join(temporaryFolder(), 'permissions');
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  cpSync(join(root, 'build/package'), join(folder, 'node_modules/berkeley'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "dependencies": { "berkeley": "*" } }');
  writeFileSync(join(folder, 'program.js'), program);
  return folder;
}

interface Outcome {
  readonly works: boolean;
  readonly stderr: string;
}

function run(folder: string, command: string, args: readonly string[]): Outcome {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const options = { cwd: folder, env: { ...env, NO_COLOR: '1' }, encoding: 'utf8' } as const;
  const { stdout, stderr } = spawnSync(command, [...args, 'program.js'], options);
  return { works: stdout.trim() === 'works', stderr };
}

/** Older versions call the flag experimental. */
const permission = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';

function checkNode(trial: Trial, folder: string): void {
  const base = [permission, `--allow-fs-read=${folder}`];
  const without = run(folder, process.execPath, base);
  trial.expect(!without.works, 'Node.js loads an addon without --allow-addons');
  trial.expect(
    /Run node .*with --allow-addons/.test(without.stderr),
    `Node.js without it: ${without.stderr}`,
  );
  const off = run(folder, process.execPath, ['--no-addons']);
  trial.expect(/Run node without --no-addons/.test(off.stderr), `Node.js with --no-addons: ${off.stderr}`);
  const allowed = run(folder, process.execPath, [...base, '--allow-addons']);
  trial.expect(allowed.works, `Node.js with --allow-addons: ${allowed.stderr}`);
  trial.figure('sets of permissions of Node.js', 3);
}

function checkDeno(trial: Trial, folder: string, deno: string): void {
  const base = ['run', '--no-prompt', '--quiet'];
  const without = run(folder, deno, [...base, '--allow-net', '--allow-read', '--allow-env']);
  trial.expect(!without.works, 'Deno loads an addon without --allow-ffi');
  const isTold = /run again with the --allow-ffi flag/.test(without.stderr);
  trial.expect(isTold && !/C compiler/.test(without.stderr), `Deno without it: ${without.stderr}`);
  const alone = run(folder, deno, [...base, '--allow-ffi']);
  trial.expect(alone.works, `Deno with --allow-ffi alone: ${alone.stderr}`);
  trial.figure('sets of permissions of Deno', 2);
}

export async function permissions(trial: Trial): Promise<void> {
  const folder = installed();
  checkNode(trial, folder);
  if (denoCommand !== undefined) checkDeno(trial, folder, denoCommand);
  else trial.figure('skipped, Deno is not installed: npm run runtimes', 1);
}
