/**
 * A program that uses the package, in several bundlers. The bundle runs, or the build stops and the solution
 * in docs/guides/runtimes.md works.
 */
import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { root } from '../../tables/root.js';
import { PackedProject } from '../support/packed.js';
import { runtimes } from '../support/runtimes.js';
import { commandOf, folderOf, missing, PROGRAM, run } from './consumers.js';

const project = new PackedProject();
after(() => project.dispose());
const { folder } = project;

project.write('program.js', PROGRAM);
const WORKS = 'it works true\n';
const node = process.execPath;

/** Runs a bundle in a directory that contains only what the bundler wrote. */
async function runAlone(output: string, file: string): Promise<string> {
  const alone = new PackedProject();
  try {
    rmSync(join(alone.folder, 'node_modules'), { recursive: true });
    cpSync(join(folder, output), join(alone.folder, output), { recursive: true });
    return (await run(alone.folder, node, join(output, file))).out;
  } finally {
    alone.dispose();
  }
}

describe('esbuild', { skip: missing('esbuild') }, () => {
  const esbuild = (...args: string[]) =>
    run(
      folder,
      commandOf('esbuild'),
      'program.js',
      '--bundle',
      '--platform=node',
      '--log-level=warning',
      ...args,
    );

  test('stops at the binary', async () => {
    const { code, out } = await esbuild('--outfile=esbuild/none.cjs');
    assert.equal(code, 1);
    assert.match(out, /No loader is configured for "\.node" files/);
  });

  test('copies the binary with a loader for it', async () => {
    const { code, out } = await esbuild('--outfile=esbuild/copied.cjs', '--loader:.node=copy');
    assert.equal(code, 0, out);
    assert.equal(await runAlone('esbuild', 'copied.cjs'), WORKS);
  });

  test('can leave the package external', async () => {
    const { code, out } = await esbuild('--outfile=out.mjs', '--format=esm', '--external:berkeley');
    assert.equal(code, 0, out);
    assert.equal((await run(folder, node, 'out.mjs')).out, WORKS);
  });

  test('removes an unused import, because of sideEffects, and nothing that is used', async () => {
    project.write(
      'unused.js',
      "import 'berkeley';\nimport { so } from 'berkeley/options';\nconsole.log(1);\n",
    );
    const args = ['--bundle', '--platform=node', '--format=esm', '--log-level=error', '--loader:.node=copy'];
    const { out } = await run(folder, commandOf('esbuild'), 'unused.js', ...args, '--outfile=unused/out.js');
    assert.equal(out, '');
    assert.deepEqual(readdirSync(join(folder, 'unused')), ['out.js']);
    assert.ok(readFileSync(join(folder, 'unused/out.js'), 'utf8').length < 100);
  });
});

describe('webpack', { skip: missing('webpack', 'node-loader') }, () => {
  const configure = (rules: string) =>
    project.write(
      'webpack.cjs',
      `const webpack = require(${JSON.stringify(folderOf('webpack'))});
       webpack({
         mode: 'production', target: 'node', entry: './program.js', optimization: { minimize: false },
         output: { path: __dirname + '/webpack', filename: 'out.cjs' },
         module: { rules: [${rules}] },
       }, (error, stats) => {
         console.log(error ?? stats.toString({ all: false, errors: true }));
         process.exit(error || stats.hasErrors() ? 1 : 0);
       });`,
    );

  test('stops at the binary', async () => {
    configure('');
    const { code, out } = await run(folder, node, 'webpack.cjs');
    assert.equal(code, 1);
    assert.match(out, /appropriate loader/);
  });

  test('copies the binary with node-loader', async () => {
    configure(`{ test: /\\.node$/, loader: ${JSON.stringify(folderOf('node-loader'))} }`);
    const { code, out } = await run(folder, node, 'webpack.cjs');
    assert.equal(code, 0, out);
    assert.equal(await runAlone('webpack', 'out.cjs'), WORKS);
  });
});

/** Writes a program that bundles with rollup or rolldown, which have the same interface. */
function configure(name: string, installed: string, options: string): void {
  project.write(
    `${name}.mjs`,
    `import { createRequire } from 'node:module';
     const { ${name} } = createRequire(${JSON.stringify(`${installed}/`)})('${name}');
     const bundle = await ${name}({ input: 'program.js', onLog() {}, ${options} });
     await bundle.write({ file: '${name}.out.mjs', format: 'es' });`,
  );
}

test('rollup leaves the package external by default', { skip: missing('rollup') }, async () => {
  configure('rollup', folderOf('rollup'), '');
  const { code, out } = await run(folder, node, 'rollup.mjs');
  assert.equal(code, 0, out);
  assert.equal((await run(folder, node, 'rollup.out.mjs')).out, WORKS);
});

describe('Vite, for a server', { skip: missing('vite') }, () => {
  for (const [name, ssr] of [
    ['leaves the package external', '{}'],
    ['leaves the package external if it bundles the others', "{ noExternal: true, external: ['berkeley'] }"],
  ] as const) {
    test(name, async () => {
      const options = "logLevel: 'error', build: { ssr: 'program.js', outDir: 'vite' }";
      project.write('vite.config.mjs', `export default { ${options}, ssr: ${ssr} };`);
      const { code, out } = await run(folder, node, commandOf('vite'), 'build');
      assert.equal(code, 0, out);
      assert.equal((await run(folder, node, 'vite/program.js')).out, WORKS);
    });
  }
});

describe('rolldown', () => {
  const rolldown = join(root, 'node_modules/rolldown');

  test('stops at the binary', async () => {
    configure('rolldown', rolldown, "platform: 'node'");
    const { code, out } = await run(folder, node, 'rolldown.mjs');
    assert.equal(code, 1);
    assert.match(out, /prebuilds\/[\w-]+\.node/);
  });

  test('can leave the package external', async () => {
    configure('rolldown', rolldown, "platform: 'node', external: /^berkeley/");
    const { code, out } = await run(folder, node, 'rolldown.mjs');
    assert.equal(code, 0, out);
    assert.equal((await run(folder, node, 'rolldown.out.mjs')).out, WORKS);
  });
});

const bun = runtimes.find(({ name }) => name === 'Bun')!;

test('bun build --compile creates one file that contains the binary', { skip: bun.skip }, async () => {
  const { code, out } = await run(
    folder,
    bun.command,
    'build',
    '--compile',
    'program.js',
    '--outfile',
    'compiled',
  );
  assert.equal(code, 0, out);
  assert.equal((await run('/', join(folder, 'compiled'))).out, WORKS);
});
