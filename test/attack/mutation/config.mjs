// The configuration of Stryker for the part that BERKELEY_MUTATION names: scripts/mutation.mjs.
import { existsSync } from 'node:fs';
import { parts } from './parts.mjs';

const name = process.env.BERKELEY_MUTATION;

export default {
  testRunner: 'fresh',
  plugins: ['./test/attack/mutation/runner.mjs'],
  // All changes are compiled once; a variable selects one. The tests are compiled already.
  buildCommand: 'node ../../../node_modules/typescript-7/bin/tsc -b tsconfig.json',
  mutate: parts[name].mutate,
  // The words of errors are compared elsewhere.
  mutator: { excludedMutations: ['StringLiteral'] },
  concurrency: 1,
  // A change that makes a test run indefinitely is found. A test that only waits for the processor must not count.
  timeoutMS: 60_000,
  timeoutFactor: 2,
  dryRunTimeoutMinutes: 10,
  reporters: ['clear-text', 'progress-append-only', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `build/mutation/${name}.json` },
  incrementalFile: `build/mutation/${name}-incremental.json`,
  // The sandbox is below this folder, so that modules are found without a link.
  tempDirName: 'build/stryker',
  symlinkNodeModules: false,
  ignorePatterns: [
    ...[
      'bench',
      'compilers',
      'examples',
      'mutation',
      'package',
      'prose',
      'reference',
      'screen',
      'site',
      'stryker',
    ].map(folder => `build/${folder}`),
    ...['docs', 'packages', 'site', 'vm', 'wine', 'native', 'bench', 'examples', 'cli'],
  ].filter(existsSync),
};
