/** Runs jobs in processes under the library of shim.c, and goes on after a crash or a hang. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { casesFor, chanceOf, describeCase } from './cases.js';
import { readStep } from './control.js';
import type { FreshOutcome, Scenery } from './fresh-thread.js';
import { random } from './random.js';
import type { Job, Line } from './runner.js';
import { createControl, environment } from './shim-build.js';

const runner = fileURLToPath(new URL('./runner.js', import.meta.url));

/** How long one case can take, in milliseconds. The process itself reports one that only never settles its promise. */
const LONGEST = 90_000;

/** The crashes and hangs after which a job is given up. */
const MOST_ENDS = 20;

/** What a job has found. */
export interface Findings {
  cases: number;
  readonly programs: Set<string>;
  /** Each function with each of its faults. */
  readonly faults: Set<string>;
  readonly failures: string[];
}

/** Ends a process whose current case does not change. Returns a function that stops watching. */
function watch(control: string, kill: () => void): () => void {
  let last = -1;
  let since = performance.now();
  const timer = setInterval(() => {
    const { step } = readStep(control);
    if (step !== last) since = performance.now();
    last = step;
    if (performance.now() - since > LONGEST) kill();
  }, 1000);
  return () => clearInterval(timer);
}

/** Runs one process. Returns the number of the case after which it ended early; `undefined` if it played all. */
async function runOnce(job: Job, shim: string, findings: Findings): Promise<number | undefined> {
  const child = spawn(process.execPath, ['--expose-gc', runner, JSON.stringify(job)], {
    env: environment(shim, job.control, job.wakeup),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let isDone = false;
  let hangs = '';
  let errors = '';
  createInterface(child.stdout).on('line', text => {
    const line: Line = JSON.parse(text);
    if (line.kind === 'failure')
      findings.failures.push(`${job.wakeup}, ${job.where}: ${line.what}: ${line.why}`);
    if (line.kind === 'tally') {
      findings.cases += line.cases;
      for (const program of line.programs) findings.programs.add(program);
      for (const fault of line.faults) findings.faults.add(fault);
    }
    if (line.kind === 'done') isDone = true;
  });
  child.stderr.setEncoding('utf8').on('data', text => {
    errors = (errors + text).slice(-4000);
  });
  const unwatch = watch(job.control, () => {
    hangs = 'it hangs';
    child.kill('SIGKILL');
  });
  const [code, signal] = await once(child, 'close');
  unwatch();
  if (code === 0 && isDone) return undefined;
  const { step, title } = readStep(job.control);
  const why = hangs || `it ended with ${signal ?? code}`;
  findings.failures.push(`${job.wakeup}, ${job.where}: ${title}: ${why} ${errors}`);
  return step;
}

/** Runs a job. */
export async function runJob(
  job: Omit<Job, 'control' | 'from'>,
  shim: string,
  folder: string,
): Promise<Findings> {
  const findings: Findings = { cases: 0, programs: new Set(), faults: new Set(), failures: [] };
  let from: number | undefined = 0;
  for (let ends = 0; from !== undefined && ends < MOST_ENDS; ends++) {
    const control = createControl(folder, `control-${job.wakeup}-${job.where}-${ends}`);
    from = await runOnce({ ...job, control, from }, shim, findings);
    rmSync(control);
    if (job.isFirst === true && findings.failures.length > 0) break;
  }
  return findings;
}

const first = fileURLToPath(new URL('./fresh-thread.js', import.meta.url));

/** The calls that the first wait of a process makes. */
const OPENING: ReadonlyMap<string, number> = new Map([
  ...[['dlsym', 7] as const, ['epoll_create1', 1] as const, ['eventfd', 2] as const],
  ...[['pthread_create', 1] as const, ['calloc', 2] as const, ['epoll_ctl_add', 1] as const],
]);

/** Plays the first wait of a process, each case in a process of its own. */
export async function runFirsts(
  { wakeup, seed, share, isFirst }: Pick<Job, 'wakeup' | 'seed' | 'share' | 'isFirst'>,
  shim: string,
  folder: string,
): Promise<Findings> {
  const findings: Findings = { cases: 0, programs: new Set(), faults: new Set(), failures: [] };
  const draw = random(seed);
  const control = createControl(folder, `control-${wakeup}-process`);
  for (const fault of casesFor(OPENING)) {
    if (draw() >= chanceOf(fault, share)) continue;
    const scenery: Scenery = { control, wakeup, program: 'recv, Unix, waiting', fault };
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, [first, JSON.stringify(scenery)], {
      env: environment(shim, control, wakeup),
      encoding: 'utf8',
      timeout: LONGEST,
      killSignal: 'SIGKILL',
    });
    const why = status === 0 ? (JSON.parse(stdout) as FreshOutcome).failure : `${signal ?? status} ${stderr}`;
    if (status === 0 && (JSON.parse(stdout) as FreshOutcome).isHit) findings.cases++;
    findings.programs.add(scenery.program);
    findings.faults.add(`${fault.plan.slot}: ${fault.fault}`);
    if (why === undefined) continue;
    findings.failures.push(`${wakeup}, a new process: ${describeCase(fault)}: ${why}`);
    if (isFirst === true) break;
  }
  return findings;
}
