/**
 * The package.json of the package: that of the repository without the fields for development, and with its
 * own exports.
 */
import { entries, manifest } from './entries.mjs';

/** The fields of the repository's manifest that are published. */
const KEPT = [
  ...[
    'name',
    'version',
    'description',
    'keywords',
    'homepage',
    'bugs',
    'repository',
    'license',
    'author',
    'bin',
  ],
  ...['engines', 'peerDependencies', 'peerDependenciesMeta'],
];

/** `import` finds a module, and everything else its CommonJS file. Each has its own declarations. */
function targetsOf(name) {
  return {
    import: { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` },
    default: { types: `./dist/${name}.d.cts`, default: `./dist/${name}.cjs` },
  };
}

export function publishedManifest() {
  const kept = Object.fromEntries(Object.entries(manifest).filter(([key]) => KEPT.includes(key)));
  const exports = Object.fromEntries(
    Object.keys(entries).map(name => [name === 'index' ? '.' : `./${name}`, targetsOf(name)]),
  );
  return {
    ...kept,
    bin: { berkeley: './dist/cli/main.js' },
    man: './berkeley.1',
    type: 'module',
    // For `require`, and for editors that do not support `exports`.
    main: './dist/index.cjs',
    types: './dist/index.d.cts',
    exports: { ...exports, './package.json': './package.json' },
    // A program that uses no export of an entry point does not need to load it.
    sideEffects: false,
  };
}
