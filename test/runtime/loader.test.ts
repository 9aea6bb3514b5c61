/** Which binary is loaded: BERKELEY_BINDING, relative to the working directory, or the package's own. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const entry = import.meta.resolve('berkeley');
const binary = fileURLToPath(new URL(`../prebuilds/${process.platform}-${process.arch}.node`, entry));
const folder = mkdtempSync(join(tmpdir(), 'berkeley-binding-'));
after(() => rmSync(folder, { recursive: true }));

const program = `
  const { Socket } = await import(${JSON.stringify(entry)});
  new Socket().close();
  const { sharedObjects } = process.report.getReport();
  console.log(sharedObjects.filter(path => path.endsWith('.node')).join());`;

function load(BERKELEY_BINDING: string | undefined): { out: string; err: string } {
  const { BERKELEY_BINDING: _, ...others } = process.env;
  const env = BERKELEY_BINDING === undefined ? others : { ...others, BERKELEY_BINDING };
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { out: stdout.trim(), err: stderr };
}

test('BERKELEY_BINDING is relative to the working directory', () => {
  copyFileSync(binary, join(folder, 'copy.node'));
  for (const path of [
    'copy.node',
    './copy.node',
    `../${basename(folder)}/copy.node`,
    join(folder, 'copy.node'),
  ])
    assert.equal(load(path).out, join(folder, 'copy.node'), path);
});

test('an empty or absent variable loads the package’s own binary', () => {
  for (const none of [undefined, '']) assert.equal(load(none).out, binary);
});

test('the error has the full path of a missing binary', () => {
  const { out, err } = load('missing.node');
  assert.equal(out, '');
  assert.ok(err.includes(`${join(folder, 'missing.node')} does not exist`), err);
});
