/** Gives random control data to the reader in C, compiled with sanitizers: native.c. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../../tables/root.js';
import { besideSource } from '../../support/python.js';

const compiler = process.env.CC ?? 'cc';

/** Why it cannot run here; `false` if it can. */
export const skip: string | false =
  process.platform !== 'linux'
    ? 'the control data is that of Linux'
    : spawnSync(compiler, ['--version']).status !== 0 && 'needs a C compiler: apt-get install gcc libc6-dev';

async function compile(folder: string): Promise<string> {
  const url = pathToFileURL(join(root, 'scripts/native-sources.mjs')).href;
  const { coreFiles } = (await import(url)) as { coreFiles(platform: string): string[] };
  const program = join(folder, 'native');
  const flags = ['-std=c11', '-g', '-O1', '-Wall', '-Wextra', '-Werror', '-D_GNU_SOURCE', '-pthread'];
  const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
  const files = [...coreFiles(process.platform), besideSource('native.c', import.meta.url)];
  const all = [...flags, ...sanitizers, '-I', join(root, 'native'), '-o', program, ...files];
  const { status, stderr } = spawnSync(compiler, all, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`native.c did not compile: ${stderr}`);
  return program;
}

/** Gives it so many inputs. Returns what is wrong; `undefined` if nothing is. */
export async function attackNative(inputs: number, seed: number): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-native-'));
  try {
    const program = await compile(folder);
    const run = spawnSync(program, [`${seed}`, `${inputs}`], { encoding: 'utf8' });
    if (run.status === 0) return undefined;
    const report = /ERROR: .*|runtime error: .*/.exec(run.stderr)?.[0];
    return `control data, --seed ${seed}: ${report ?? run.stdout.trim()}\n${run.stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
