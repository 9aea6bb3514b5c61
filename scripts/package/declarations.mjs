/**
 * Generates the declarations of the package: one file per entry point, and shared ones for what several entry
 * points use. They are the declarations of the CommonJS files. The modules re-export them, so that `import`
 * and `require` have the same classes for the compiler too.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import { Constants } from './constants.mjs';
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

/** The declarations of `berkeley/constants`: the comment of its module, and the chunk with all constants. */
function allConstants(code) {
  const [comment] = /^\/\*\*.*?\*\//s.exec(code);
  return `${comment}\nexport * from './all-constants.cjs';\n`;
}

/** Collects by module the entry points that need it. */
function collect(inputs, used) {
  return {
    name: 'collect',
    buildEnd() {
      for (const entry of inputs) {
        const waiting = [entry];
        for (const id of waiting) {
          const entries = used.get(id) ?? new Set();
          if (entries.has(entry)) continue;
          used.set(id, entries.add(entry));
          waiting.push(...(this.getModuleInfo(id)?.importedIds ?? []));
        }
      }
    },
  };
}

/** A comment of one paragraph, with the indentation that it has. */
const PARAGRAPH = /\/\*\*\n((?: *\* (?!@|- |```|\d+\.| {2}).*\n)+) *\*\//g;

/**
 * Makes declarations shorter without a change for a reader: a paragraph on one line, and no `declare` where
 * `export` is enough in a file of declarations.
 */
function compact(code) {
  return code
    .replace(
      PARAGRAPH,
      (_, lines) =>
        `/** ${lines
          .replace(/^ *\* /gm, '')
          .trim()
          .replaceAll('\n', ' ')} */`,
    )
    .replace(/^export declare (?=const |function |class |type )/gm, 'export ')
    .replace(/^( {4})+/gm, spaces => ' '.repeat(spaces.length / 4));
}

/** Writes the declarations of all entry points to a folder. */
export async function writeDeclarations(folder) {
  const input = Object.fromEntries(
    Object.entries(entries).map(([name, file]) => [name, file.replace(/\.js$/, '.d.ts')]),
  );
  const inputs = new Set(Object.values(input));
  const used = new Map();
  const constants = await Constants.read(dist);
  const files = new Set(constants.files().map(file => file.replace(/\.js$/, '.d.ts')));
  const isConstants = id => files.has(id);
  const build = await rolldown({
    input,
    preserveEntrySignatures: 'allow-extension',
    platform: 'node',
    checks: { bundlerTimings: false },
    plugins: [
      mergeFamilies(),
      collect(inputs, used),
      dts({ dtsOnly: true, tsconfig: false, sourcemap: false }),
    ],
  });
  const { output } = await build.generate({
    format: 'es',
    entryFileNames: '[name].d.cts',
    chunkFileNames: '[name].d.cts',
    minifyInternalExports: false,
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        { name: 'all-constants', test: isConstants, priority: 1 },
        { name: 'types', test: id => !inputs.has(id) && used.get(id)?.size > 1 },
      ],
    },
  });
  await build.close();
  /** The entry points with a default export, which `export *` does not contain. */
  const withDefault = new Set();
  for (const { fileName, code, isEntry } of output) {
    if (isEntry && / as default\b/.test(code)) withDefault.add(fileName.replace('.d.cts', ''));
    if (fileName === 'constants.d.cts') {
      // The chunk exports these names and no other, so that they need not be listed.
      writeFileSync(join(folder, fileName), `${REFERENCE}${allConstants(code)}`);
      continue;
    }
    const text = code.replace(/(from ["']\.\/.*)\.d\.cts(["'];)/g, '$1.cjs$2').replace(/^\/\/#.*\n/gm, '');
    writeFileSync(join(folder, fileName), (isEntry ? REFERENCE : '') + compact(text));
  }
  for (const name of Object.keys(entries)) {
    // With the resolution of Node.js, the default import of a CommonJS file is the whole file, in which `default` is a
    // name like others; with that of bundlers, it is the default export itself.
    const own = withDefault.has(name)
      ? `import all from './${name}.cjs';\ntype Own<T> = T extends { readonly default: infer D } ? D : T;\ndeclare const own: Own<typeof all>;\nexport default own;\n`
      : '';
    writeFileSync(join(folder, `${name}.d.ts`), `${REFERENCE}export * from './${name}.cjs';\n${own}`);
  }
}
