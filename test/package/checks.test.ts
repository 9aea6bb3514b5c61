/** The results of package checkers for the archive. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { pack, packageFolder } from '../support/packed.js';
import { folderOf, missing } from './consumers.js';

const folder = mkdtempSync(join(tmpdir(), 'berkeley-checks-'));
after(() => rmSync(folder, { recursive: true }));

/** Loads the module of an installed package that the compiler does not see. */
async function load(name: string, file: string): Promise<Record<string, unknown>> {
  return import(pathToFileURL(join(folderOf(name), file)).href);
}

test('publint reports nothing', { skip: missing('publint') }, async () => {
  const { publint } = (await load('publint', 'src/index-node.js')) as {
    publint(options: object): Promise<{ messages: unknown[] }>;
  };
  assert.deepEqual((await publint({ pkgDir: packageFolder, strict: true })).messages, []);
});

test('the types are correct for import and require', {
  skip: missing('@arethetypeswrong/core'),
}, async () => {
  const { checkPackage, createPackageFromTarballData } = (await load(
    '@arethetypeswrong/core',
    'dist/index.js',
  )) as {
    createPackageFromTarballData(data: Uint8Array): unknown;
    checkPackage(
      pack: unknown,
    ): Promise<{ types: unknown; problems: { kind: string; resolutionKind?: string }[] }>;
  };
  const { types, problems } = await checkPackage(createPackageFromTarballData(readFileSync(pack(folder))));
  assert.ok(types);
  // TypeScript’s node10 resolution does not support `exports`: it finds `berkeley`, and no other entry point.
  const others = problems.filter(
    ({ kind, resolutionKind }) => !(kind === 'NoResolution' && resolutionKind === 'node10'),
  );
  assert.deepEqual(others, []);
});
