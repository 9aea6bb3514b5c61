/**
 * Generates the declarations of the package: one file per entry point, and shared ones for what several entry
 * points use. They are the declarations of the CommonJS files. The modules re-export them, so that `import`
 * and `require` have the same classes for the compiler too.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import { dist, entries } from './entries.mjs';

/** Without it, `Buffer` is `any` in a program whose tsconfig does not name Node's types. */
const REFERENCE = '/// <reference types="node" />\n';

const FAMILIES = 'address/address.d.ts';
const AUGMENTATION =
  /^declare module '[./]*address\/address\.js' \{\n {4}interface Families \{\n(.*?)\n {4}\}\n\}\n/ms;

/**
 * Each family adds its addresses to the interface `Families` by `declare module`, which names a file that the
 * package does not have. This moves the additions into the interface.
 */
function mergeFamilies() {
  const added = [];
  const names = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.d.ts'),
  );
  for (const name of names.sort()) {
    const [, members] = AUGMENTATION.exec(readFileSync(join(dist, name), 'utf8')) ?? [];
    if (members !== undefined) added.push({ name, members: members.replace(/^ {4}/gm, '') });
  }
  const marker = 'export interface Families {\n';
  return {
    name: 'families',
    transform(code, file) {
      if (relative(dist, file) === FAMILIES) return addTo(code, marker, added);
      const rest = code.replace(AUGMENTATION, '');
      if (rest.includes('declare module')) throw new Error(`${file} augments something else`);
      return rest;
    },
  };
}

function addTo(code, marker, added) {
  if (!code.includes(marker)) throw new Error('there is no interface of families');
  const imports = added.map(({ name, members }) => {
    const types = [...new Set(members.match(/\b[A-Z]\w+/g))].filter(
      type => type !== 'Omit' && type !== 'Readonly',
    );
    const from = relative(dirname(FAMILIES), name).replace(/\.d\.ts$/, '.js');
    return `import type { ${types.join(', ')} } from '${from}';\n`;
  });
  return (
    imports.join('') + code.replace(marker, marker + added.map(({ members }) => `${members}\n`).join(''))
  );
}

/** Writes the declarations of all entry points to a directory. */
export async function writeDeclarations(folder) {
  const input = Object.fromEntries(
    Object.entries(entries).map(([name, file]) => [name, file.replace(/\.js$/, '.d.ts')]),
  );
  const build = await rolldown({
    input,
    platform: 'node',
    checks: { pluginTimings: false },
    plugins: [mergeFamilies(), dts({ dtsOnly: true, tsconfig: false, sourcemap: false })],
  });
  const { output } = await build.generate({
    format: 'es',
    entryFileNames: '[name].d.cts',
    chunkFileNames: 'types-[name].d.cts',
  });
  await build.close();
  for (const { fileName, code, isEntry } of output) {
    const text = code.replace(/(from ["']\.\/.*)\.d\.cts(["'];)/g, '$1.cjs$2').replace(/^\/\/#.*\n/gm, '');
    writeFileSync(join(folder, fileName), (isEntry ? REFERENCE : '') + text);
  }
  for (const name of Object.keys(entries)) {
    writeFileSync(join(folder, `${name}.d.ts`), `${REFERENCE}export * from './${name}.cjs';\n`);
  }
}
