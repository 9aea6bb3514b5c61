// How stryker builds the package and runs the tests of a part: scripts/mutation.mjs.
import { parts } from '../../../scripts/mutation.mjs';

/** Returns the configuration for a part. */
export function configurationOf(name) {
  return {
    testRunner: 'command',
    commandRunner: { command: `node scripts/mutation.mjs --run ${name}` },
    buildCommand: 'node node_modules/typescript-7/bin/tsc -b tsconfig.dev.json',
    mutate: parts[name].mutate,
    // Words of errors and of documentation are compared elsewhere.
    mutator: { excludedMutations: ['StringLiteral'] },
    concurrency: 1,
    timeoutMS: 60_000,
    reporters: ['clear-text', 'progress-append-only', 'json'],
    jsonReporter: { fileName: `build/mutation/${name}.json` },
    tempDirName: 'build/stryker',
    ignorePatterns: [
      'build/package',
      'build/compilers',
      'build/stryker',
      'build/mutation',
      'packages',
      'docs',
      'vm',
    ],
    checkers: [],
    allowEmpty: false,
  };
}
