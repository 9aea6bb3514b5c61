// Measures what loading the package costs, beside other packages with an addon (`npm run consumers` installs them): the time
// of `require` or `import`, the memory above that of a bare Node.js, files and bytes on disk. Each run is a new process. The
// runs of all packages are interleaved, so that a busy machine slows all of them: compare the ratios.
//
//   usage: node scripts/import-cost.mjs [--runs 15] [--node <executable>]
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '15' }, node: { type: 'string', default: process.execPath } },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const own = join(root, 'build/package');
const others = join(root, 'build/consumers/node_modules');
const entries = readdirSync(join(own, 'dist'))
  .filter(name => existsSync(join(own, 'dist', name.replace(/\.js$/, '.d.cts'))) && name.endsWith('.js'))
  .map(name => name.slice(0, -3));

const report = 'console.log(performance.now() - start, process.memoryUsage().rss)';
const ways = {
  require: file => ['--eval', `const start = performance.now(); require(${JSON.stringify(file)}); ${report}`],
  import: file => [
    ...['--input-type=module', '--eval'],
    `const start = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); ${report}`,
  ],
};

const candidates = Object.keys(ways).flatMap(way => [
  { name: `nothing (${way})`, way, file: undefined },
  ...['koffi', 'better-sqlite3']
    .filter(name => existsSync(join(others, name)))
    .map(name => ({ name: `${name} (${way})`, way, file: mainOf(join(others, name)) })),
  ...entries.map(entry => ({
    name: `berkeley${entry === 'index' ? '' : `/${entry}`} (${way})`,
    way,
    file: join(own, `dist/${entry}.${way === 'require' ? 'cjs' : 'js'}`),
  })),
]);

function mainOf(folder) {
  return execFileSync(process.execPath, ['-p', `require.resolve(${JSON.stringify(folder)})`], {
    encoding: 'utf8',
  }).trim();
}

const BARE = { require: ['--eval', `const start = performance.now(); ${report}`] };
BARE.import = ['--input-type=module', ...BARE.require];

function measure({ way, file }) {
  const args = file === undefined ? BARE[way] : ways[way](file);
  const [time, memory] = execFileSync(values.node, args, { encoding: 'utf8' }).split(' ').map(Number);
  return { time, memory: memory / 2 ** 20 };
}

const median = numbers => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const results = new Map(candidates.map(candidate => [candidate, []]));
for (let i = 0; i < Number(values.runs); i++) {
  for (const candidate of candidates) results.get(candidate).push(measure(candidate));
}

const bare = new Map();
console.log(`${'loaded'.padEnd(34)} median ms  best ms  MB above bare`);
for (const [{ name, way, file }, runs] of results) {
  const memory = median(runs.map(run => run.memory));
  if (file === undefined) bare.set(way, memory);
  const times = runs.map(run => run.time);
  const columns = [
    median(times).toFixed(1),
    Math.min(...times).toFixed(1),
    (memory - bare.get(way)).toFixed(1),
  ];
  console.log(
    `${name.padEnd(34)} ${columns[0].padStart(9)} ${columns[1].padStart(8)} ${columns[2].padStart(14)}`,
  );
}

console.log('\npackage          files        MB on disk');
for (const [name, folder] of [
  ['berkeley', own],
  ...['koffi', 'better-sqlite3'].map(name => [name, join(others, name)]),
]) {
  if (!existsSync(folder)) continue;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const size = files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  console.log(
    `${name.padEnd(16)} ${String(files.length).padStart(5)} ${(size / 1e6).toFixed(2).padStart(17)}`,
  );
}
