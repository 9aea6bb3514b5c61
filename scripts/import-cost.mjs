// Measures what loading each entry point costs, beside other packages with an addon: the time of `import` and
// `require`, the processor time, the memory above that of a bare Node.js, files and bytes. Each run is a new
// process. The runs of all packages are interleaved, so that a busy machine slows all of them: compare the ratios.
//
//   usage: node scripts/import-cost.mjs [--runs 15] [--node <executable>] [--packages <folder>] [--json]
//
// `npm run package` writes the package that is measured. The others are installed into a temporary directory,
// or are in `--packages`. One that does not install here is left out.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { entries, root } from './package/entries.mjs';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '15' },
    node: { type: 'string', default: process.execPath },
    packages: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const own = join(root, 'build/package');
const PEERS = ['better-sqlite3', 'koffi', 'serialport', 'unix-dgram'];

/** Installs the other packages. Their install scripts run, because they build or fetch the addons. */
function install() {
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-import-cost-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const allowScripts = Object.fromEntries(PEERS.map(name => [name, true]));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, allowScripts }));
  for (const name of PEERS) {
    const args = ['install', '--no-audit', '--no-fund', '--prefix', folder, name];
    const { status } = spawnSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) console.error(`berkeley: ${name} did not install and is not measured`);
  }
  return folder;
}

const require = createRequire(join(resolve(values.packages ?? install()), 'package.json'));

/** The file that `require` finds; undefined if the package is missing or its addon does not load. */
function mainOf(name) {
  try {
    const file = require.resolve(name);
    execFileSync(values.node, ['--eval', `require(${JSON.stringify(file)})`], { stdio: 'ignore' });
    return file;
  } catch {
    return undefined;
  }
}

/** The directory of an installed package. */
function folderOf(name) {
  return require.resolve
    .paths(`${name}/package.json`)
    .map(path => join(path, name))
    .find(path => existsSync(path));
}

const peers = PEERS.map(name => ({ name, main: mainOf(name) })).filter(({ main }) => main !== undefined);

const START = 'const cpu = process.cpuUsage(); const start = performance.now();';
const END = `const end = performance.now(); const { user, system } = process.cpuUsage(cpu);
  console.log(JSON.stringify([end - start, (user + system) / 1000, process.memoryUsage().rss / 2 ** 20]));`;
const loads = {
  require: file => (file === undefined ? '' : `require(${JSON.stringify(file)});`),
  import: file => (file === undefined ? '' : `await import(${JSON.stringify(file)});`),
};
const flags = { require: ['--eval'], import: ['--input-type=module', '--eval'] };

const candidates = Object.keys(loads).flatMap(way => [
  { name: 'nothing', way },
  ...peers.map(({ name, main }) => ({ name, way, file: main })),
  ...Object.keys(entries).map(entry => ({
    name: entry === 'index' ? 'berkeley' : `berkeley/${entry}`,
    way,
    file: join(own, `dist/${entry}.${way === 'require' ? 'cjs' : 'js'}`),
  })),
]);

function run({ way, file }) {
  const program = START + loads[way](file) + END;
  return JSON.parse(execFileSync(values.node, [...flags[way], program], { encoding: 'utf8' }));
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}

/** Measures all candidates in rounds. The memory is that above the candidate that loads nothing. */
function measure() {
  const runs = candidates.map(() => []);
  for (let i = 0; i < Number(values.runs); i++)
    for (const [index, candidate] of candidates.entries()) runs[index].push(run(candidate));
  return candidates.map((candidate, index) => {
    const bare = candidates.findIndex(({ name, way }) => name === 'nothing' && way === candidate.way);
    const [times, cpu, memory] = [0, 1, 2].map(column => runs[index].map(row => row[column]));
    const above = median(memory) - median(runs[bare].map(([, , rss]) => rss));
    return { ...candidate, time: median(times), best: Math.min(...times), cpu: median(cpu), memory: above };
  });
}

/** The figure of a candidate, relative to the first peer loaded in the same way. */
function ratioTo(results, { way, cpu }) {
  const reference = results.find(({ name, way: other }) => name === peers[0]?.name && other === way);
  return reference === undefined ? '' : `${(cpu / reference.cpu).toFixed(2)}`;
}

/** The dependencies of an installed package, with itself. */
function withDependencies(name, seen = new Set()) {
  const folder = folderOf(name);
  if (folder === undefined || seen.has(folder)) return seen;
  seen.add(folder);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const dependency of Object.keys(manifest.dependencies ?? {})) withDependencies(dependency, seen);
  return seen;
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      entry => entry.isFile() && !join(entry.parentPath, '/').slice(folder.length).includes('node_modules'),
    )
    .map(entry => statSync(join(entry.parentPath, entry.name)).size);
}

/** Files and bytes as installed, and bytes of the archive that npm makes of the package itself. */
function sizeOf(name, folders) {
  const sizes = [...folders].flatMap(filesOf);
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', [...folders][0]];
  const answer = JSON.parse(
    execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  const { size } = Array.isArray(answer) ? answer[0] : Object.values(answer)[0];
  return { name, files: sizes.length, unpacked: sizes.reduce((sum, each) => sum + each, 0), packed: size };
}

const results = measure();
const sizes = [sizeOf('berkeley', [own]), ...peers.map(({ name }) => sizeOf(name, withDependencies(name)))];

function table(heads, rows) {
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map(row => row[i].length)));
  const line = row =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');
  return [heads, ...rows].map(line).join('\n');
}

if (values.json) {
  console.log(JSON.stringify({ results, sizes }, undefined, 2));
} else {
  const heads = ['', 'ms', 'best ms', 'CPU ms', `CPU / ${peers[0]?.name ?? ''}`, 'MB above bare'];
  for (const way of Object.keys(loads)) {
    const rows = results
      .filter(result => result.way === way)
      .map(result => [
        `${way} ${result.name}`,
        ...[result.time, result.best, result.cpu].map(number => number.toFixed(1)),
        ratioTo(results, result),
        result.memory.toFixed(1),
      ]);
    console.log(`${table(heads, rows)}\n`);
  }
  const rows = sizes.map(({ name, files, unpacked, packed }) => [
    name,
    String(files),
    (unpacked / 1e6).toFixed(2),
    (packed / 1e6).toFixed(2),
  ]);
  console.log(table(['installed, with dependencies', 'files', 'MB', 'MB of its archive'], rows));
}
