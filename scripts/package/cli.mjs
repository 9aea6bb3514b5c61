/**
 * Bundles the command line. It uses the entry points of the package as any program does. Each command is a file of its own,
 * which is loaded when the command runs: `berkeley doctor` also works where the addon does not load.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { dist, entries } from './entries.mjs';

const nameOf = Object.fromEntries(Object.entries(entries).map(([name, file]) => [file, name]));

/** Leaves out the entry points and the loader of the addon, which are files of the package. */
const packageFiles = {
  name: 'package-files',
  async resolveId(source, importer) {
    if (source === '#binding') return { id: '../../binding.cjs', external: true };
    const resolved = await this.resolve(source, importer, { skipSelf: true });
    const name = nameOf[resolved?.id];
    return name === undefined ? resolved : { id: `../${name}.js`, external: true };
  },
};

/** Writes the command line to a directory. */
export async function writeCli(folder) {
  const build = await rolldown({
    input: { main: join(dist, 'cli/main.js') },
    platform: 'node',
    plugins: [packageFiles],
    checks: { bundlerTimings: false }, // a slow machine is no fault
    onLog: (_, { message }) => {
      throw new Error(message);
    },
  });
  const { output } = await build.generate({
    format: 'esm',
    chunkFileNames: '[name].js',
    comments: false,
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  });
  await build.close();
  mkdirSync(folder, { recursive: true });
  for (const { fileName, code } of output) writeFileSync(join(folder, fileName), code);
}
