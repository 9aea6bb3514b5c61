/** Runs the fuzzing with an addon that was compiled with sanitizers. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../tables/root.js';

/** How one kind of sanitizer is compiled and run. */
interface Sanitizer {
  readonly flags: readonly string[];
  /** Loaded before node, which was not compiled with them. */
  readonly libraries: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** A command that runs the program. */
  readonly runner: readonly string[];
}

const sanitizers: Readonly<Record<string, Sanitizer>> = {
  memory: {
    flags: ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'],
    libraries: ['libasan.so', 'libubsan.so'],
    environment: {
      // V8 does not free what it holds at exit, which looks like a leak.
      ASAN_OPTIONS: 'detect_leaks=0:exitcode=66',
      UBSAN_OPTIONS: 'print_stacktrace=1:halt_on_error=1',
    },
    runner: [],
  },
  threads: {
    flags: ['-fsanitize=thread'],
    libraries: ['libtsan.so'],
    environment: {},
    // The sanitizer needs the addresses that a process has without randomisation.
    runner: ['setarch', '-R'],
  },
};

const NAME = 'sanitized.node';

/** Compiles the addon with a sanitizer. */
function compile(folder: string, { flags }: Sanitizer): string {
  const file = join(folder, NAME);
  const script = [
    `const s = await import(${JSON.stringify(join(root, 'scripts/native-sources.mjs'))});`,
    "const p = process.platform; console.log(JSON.stringify([...s.compileFlags(p).filter(f => f !== '-s'),",
    '...s.linkFlags(p), ...s.sourceFiles(p), ...s.libraries(p)]))',
  ].join(' ');
  const own = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  const all = [...flags, '-fno-omit-frame-pointer', '-g', '-o', file, ...JSON.parse(own)];
  execFileSync(process.env.CC ?? 'cc', all, { stdio: 'inherit' });
  return file;
}

function find(library: string): string {
  const compiler = process.env.CC ?? 'cc';
  return execFileSync(compiler, [`-print-file-name=${library}`], { encoding: 'utf8' }).trim();
}

/** The data races that the sanitizer has reported, without those of node and V8, which it sees only in part. */
function racesIn(folder: string): string[] {
  const logs = readdirSync(folder).filter(file => file.startsWith('log'));
  const reports = logs.flatMap(file => readFileSync(join(folder, file), 'utf8').split(/^={18}$/m));
  return reports.filter(report => report.includes(NAME));
}

/** Runs this program again with the addon. Returns its exit status. */
export function runSanitized(kind: string, options: readonly string[]): number {
  const sanitizer = sanitizers[kind];
  if (sanitizer === undefined) throw new RangeError(`--sanitize is one of ${Object.keys(sanitizers)}`);
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-sanitized-'));
  try {
    const env = {
      ...process.env,
      ...sanitizer.environment,
      TSAN_OPTIONS: `exitcode=0:log_path=${join(folder, 'log')}`,
      BERKELEY_BINDING: compile(folder, sanitizer),
      LD_PRELOAD: sanitizer.libraries.map(find).join(' '),
    };
    const passed = options.filter((each, i) => each !== '--sanitize' && options[i - 1] !== '--sanitize');
    const only = passed.includes('--only') ? [] : ['--only', 'call of'];
    const main = join(root, 'build/test/attack/fuzz/main.js');
    const [command, ...rest] = [...sanitizer.runner, process.execPath, main, ...only, ...passed];
    const { status, signal } = spawnSync(command!, rest, { env, stdio: 'inherit' });
    if (signal !== null) console.log(`ended by ${signal}`);
    const races = racesIn(folder);
    for (const race of races) console.log(race);
    return races.length > 0 ? 1 : (status ?? 1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
