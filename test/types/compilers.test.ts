/**
 * The published declarations are accepted by every supported compiler, with its own libraries checked too,
 * and the checks of test/types hold in each.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { root } from '../../tables/root.js';
import { PackedProject } from '../support/packed.js';

const require = createRequire(import.meta.url);

/** The oldest TypeScript that the package supports, and the current ones. */
const compilers = ['typescript-5.4', 'typescript', 'typescript-7'] as const;

/** The strictest settings that a user could have. */
const STRICT = { skipLibCheck: false, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };

const project = new PackedProject();
after(() => project.dispose());

const entries = Object.entries(
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).exports as Record<string, { types?: string }>,
)
  .filter(([, { types }]) => types !== undefined)
  .map(([name]) => name.replace('.', 'berkeley'));

for (const file of readdirSync(join(root, 'test/types'))) {
  if (!file.endsWith('.test.ts')) project.write(file, readFileSync(join(root, 'test/types', file), 'utf8'));
}
project.write('entries.ts', entries.map((name, i) => `export * as entry${i} from '${name}';`).join('\n'));

/** A CommonJS file, whose classes are those of the modules. */
project.write(
  'required.cts',
  [
    "import { Socket } from 'berkeley';",
    "import { tcp } from 'berkeley/options';",
    'export const rtt: number = new Socket().getOption(tcp.info).rtt;',
    "export const same: Promise<boolean> = import('berkeley').then(other => {",
    '  const socket: Socket = new other.Socket();',
    '  return socket instanceof Socket;',
    '});',
  ].join('\n'),
);

/** The only mistake of the project. Without it, a compiler that checked nothing would pass. */
project.write('mistake.ts', "import { AF_INET, Socket } from 'berkeley';\nnew Socket(AF_INET, 'stream');\n");
const MISTAKE = /^mistake\.ts\(2,\d+\): error TS\d+: .*(\n\s.*)*\n$/;

/** The output of the compiler for the project. */
function complaints(compiler: string): string {
  const program = join(dirname(require.resolve(`${compiler}/package.json`)), 'bin/tsc');
  const options = { cwd: project.folder, encoding: 'utf8' } as const;
  const { stdout, stderr } = spawnSync(process.execPath, [program, '-p', '.'], options);
  assert.equal(stderr, '');
  return stdout;
}

describe('the declarations', () => {
  test('are found for every entry point', () => {
    assert.ok(entries.length >= 7 && entries.includes('berkeley') && entries.includes('berkeley/constants'));
  });

  for (const compiler of compilers) {
    test(`are accepted by ${compiler}, and bring Node’s types along if tsconfig names none`, () => {
      project.configure({ ...STRICT, types: [] });
      assert.match(complaints(compiler), MISTAKE);
    });
  }

  test('are found by a CommonJS file under node16', () => {
    project.configure({ ...STRICT, module: 'node16', moduleResolution: 'node16' });
    assert.match(complaints('typescript-7'), MISTAKE);
  });

  test('are accepted with the resolution of bundlers', () => {
    project.configure({ ...STRICT, module: 'esnext', moduleResolution: 'bundler' });
    assert.match(complaints('typescript-7'), MISTAKE);
  });

  test('contain nothing marked @internal', () => {
    const dist = join(project.installed, 'dist');
    const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(name =>
      /\.d\.c?ts$/.test(name),
    );
    assert.ok(files.length > 2 * entries.length);
    const marked = files.filter(name => readFileSync(join(dist, name), 'utf8').includes('@internal'));
    assert.deepEqual(marked, []);
  });
});
