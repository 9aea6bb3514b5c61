/** The content and size of the published archive, and that builds are reproducible. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { root } from '../../tables/root.js';
import { pack } from '../support/packed.js';

const { version, name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'berkeley-contents-'));
after(() => rmSync(folder, { recursive: true }));

const archive = pack(folder);
const listed = execFileSync('tar', ['-tzf', archive], { encoding: 'utf8' })
  .trim()
  .split('\n')
  .map(path => path.replace(/^package\//, ''));
const isBinary = (path: string) => /^prebuilds\/.*\.node$/.test(path);
const unpacked = join(folder, 'package');
execFileSync('tar', ['-xzf', archive, '-C', folder]);

/** The binaries of a release. A development build has only that of its own platform. */
const { targets } = (await import(join(root, 'scripts/targets.mjs'))) as { targets: { name: string }[] };
const binaries = new Set(targets.map(target => `prebuilds/${target.name}.node`));

describe('the archive', () => {
  test('contains what test/package/contents.txt lists, and binaries of targets', () => {
    const expected = readFileSync(join(root, 'test/package/contents.txt'), 'utf8').trim().split('\n');
    assert.deepEqual(listed.filter(path => !isBinary(path)).sort(), expected.sort());
    const found = listed.filter(isBinary);
    assert.ok(found.includes(`prebuilds/${process.platform}-${process.arch}.node`));
    assert.deepEqual(
      found.filter(path => !binaries.has(path)),
      [],
    );
  });

  test('has fewer than 100 files with the binaries of all targets', () => {
    assert.ok(listed.filter(path => !isBinary(path)).length + targets.length < 100);
  });

  test('without its binaries has less than 2.04 MB, and less than 0.51 MB packed', () => {
    const sizeOf = (path: string) => statSync(join(unpacked, path)).size;
    const total = listed.filter(path => !isBinary(path)).reduce((sum, path) => sum + sizeOf(path), 0);
    assert.ok(total < 2_040_000, `${total} bytes`);
    const packed = listed
      .filter(isBinary)
      .reduce((sum, path) => sum + gzipSync(readFileSync(join(unpacked, path)), { level: 9 }).length, 0);
    const rest = statSync(archive).size - packed;
    assert.ok(rest < 510_000, `${rest} bytes`);
  });

  test('contains no source maps, and nothing that only development needs', () => {
    assert.deepEqual(
      listed.filter(path => /\.map$|\.tsbuildinfo$|(?<!\.d)\.c?ts$|test/.test(path)),
      [],
    );
    const manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
    assert.equal(manifest.name, name);
    for (const key of ['scripts', 'devDependencies', 'dependencies', 'private'])
      assert.ok(!(key in manifest), key);
    for (const key of ['repository', 'homepage', 'bugs', 'license', 'engines'])
      assert.ok(key in manifest, key);
  });

  test('contains pages whose links work outside the repository', () => {
    for (const page of ['README.md', 'CHANGELOG.md']) {
      const text = readFileSync(join(unpacked, page), 'utf8');
      const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
      for (const link of links) assert.match(link, /^(https:\/\/|#)/, `${page}: ${link}`);
      if (page === 'README.md') assert.ok(links.some(link => link.includes(`/blob/v${version}/docs/`)));
    }
  });
});

test('the archive is the same, byte for byte, when built in another directory', () => {
  const copy = join(folder, 'copy');
  mkdirSync(copy);
  const needed = [
    ...['dist', 'build/cli', 'native', 'prebuilds', 'scripts', 'binding.cjs', 'package.json'],
    ...['README.md', 'CHANGELOG.md', 'LICENSE'],
  ];
  for (const path of needed) cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  execFileSync(process.execPath, ['scripts/build-package.mjs'], { cwd: copy });
  const into = join(folder, 'again');
  mkdirSync(into);
  assert.ok(readFileSync(pack(into, join(copy, 'build/package'))).equals(readFileSync(archive)));
});
