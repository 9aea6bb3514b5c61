// Changes the engine and the readers of bytes in many small ways, and tells which changes no test finds
// (https://stryker-mutator.io). Takes an hour; not a part of `npm test`.
//
//   usage: npm run test:mutation [-- engine|control|addresses [stryker options]]
//          node scripts/mutation.mjs --run <part>    runs the tests of one part, as stryker does per change
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';

/** The fuzzing of the targets with a word in their name. */
function fuzz(word, inputs) {
  const options = ['--inputs', String(inputs), '--seed', '1', '--only', word];
  return ['build/test/attack/fuzz/main.js', ...options];
}

/** By part: the files that are changed, and the tests, those first that find most. */
export const parts = {
  engine: {
    mutate: ['src/reactor/**/*.ts'],
    tests: [
      ['build/test/attack/model/main.js', '--scripts', '160', '--seed', '1'],
      ...['alarm', 'binding', 'turns', 'wait-options'].map(name => [`build/test/reactor/${name}.test.js`]),
    ],
  },
  control: {
    mutate: ['src/layout/tlv.ts', 'src/message/{control,codec,rows}.ts'],
    tests: [fuzz('control', 3000), fuzz('netlink', 2000), ['build/test/control/rows.test.js']],
  },
  addresses: {
    mutate: ['src/address/{reader,registry,ip}.ts', 'src/families/*/address.ts'],
    tests: [
      fuzz('address', 6000),
      ...['bad-input', 'foreign', 'net-address'].map(name => [`build/test/address/${name}.test.js`]),
    ],
  },
};

const LIMIT = 120_000;

/** Runs the tests of a part until one fails. Returns the exit status. */
function runTests({ tests }) {
  const env = { ...process.env, BERKELEY_QUICK: '1' };
  for (const test of tests) {
    const { status } = spawnSync(process.execPath, ['--expose-gc', ...test], {
      env,
      stdio: 'inherit',
      timeout: LIMIT,
    });
    if (status !== 0) return 1;
  }
  return 0;
}

function mutate(name, options) {
  const command = join(dirname(process.execPath), 'npx');
  const args = ['stryker', 'run', `test/attack/mutation/${name}.config.mjs`, ...options];
  return spawnSync(command, args, { stdio: 'inherit' }).status ?? 1;
}

if (process.argv[1] === import.meta.filename) {
  const [first, second, ...rest] = process.argv.slice(2);
  if (first === '--run') process.exitCode = runTests(parts[second]);
  else if (first !== undefined) process.exitCode = mutate(first, [second, ...rest].filter(Boolean));
  else process.exitCode = Math.max(...Object.keys(parts).map(name => mutate(name, [])));
}
