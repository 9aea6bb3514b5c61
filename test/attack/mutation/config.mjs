// The configuration of Stryker for the part that BERKELEY_MUTATION names: scripts/mutation.mjs.
import { existsSync } from 'node:fs';
import { parts } from './parts.mjs';

const name = process.env.BERKELEY_MUTATION;
const { mutate, tests } = parts[name];

export default {
  testRunner: 'tap',
  plugins: ['@stryker-mutator/tap-runner'],
  tap: {
    testFiles: tests,
    nodeArgs: [
      ...['--expose-gc', '--test-reporter=tap', '-r', '{{hookFile}}'],
      ...['test/attack/mutation/load.mjs', '{{testFile}}'],
    ],
  },
  // All changes are compiled once; a variable of the environment selects one.
  buildCommand: 'node ../../../node_modules/typescript-7/bin/tsc -b tsconfig.dev.json',
  mutate,
  // The words of errors are compared elsewhere.
  mutator: { excludedMutations: ['StringLiteral'] },
  concurrency: 1,
  // A change that makes a test wait indefinitely is found. A test that only waits for the processor must not count.
  timeoutMS: 90_000,
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
    ...['compilers', 'mutation', 'package', 'site', 'stryker'].map(folder => `build/${folder}`),
    ...['docs', 'packages', 'site', 'vm', 'wine'],
  ].filter(existsSync),
};
