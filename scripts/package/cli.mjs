/**
 * Bundles the command line. It uses the entry points of the package by their names, as any program does. The
 * commands that load the addon are in a file of their own, so that `berkeley doctor` also works where it does not load.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './entries.mjs';

/** The directory of the compiled modules. */
export const compiled = join(root, 'build/cli');

/** Writes the command line to a directory. */
export async function writeCli(folder) {
  const build = await rolldown({
    input: { main: join(compiled, 'main.js') },
    platform: 'node',
    external: /^berkeley(\/|$)/,
    checks: { bundlerTimings: false }, // a slow machine is no fault
    onLog: (_, { message }) => {
      throw new Error(message);
    },
  });
  const { output } = await build.generate({
    format: 'esm',
    chunkFileNames: '[name].js',
    comments: false,
    minify: true,
  });
  await build.close();
  mkdirSync(folder, { recursive: true });
  for (const { fileName, code } of output) writeFileSync(join(folder, fileName), code);
}
