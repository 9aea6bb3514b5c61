/** Reads the command line. */
import { parseArgs } from 'node:util';
import { type Base, prepareBase } from './base.js';
import { processors } from './processors.js';

/** The settings of a measurement. */
export interface Settings {
  /** The questions to run; empty means all. */
  readonly names: readonly string[];
  /** The number of measurements per contestant. */
  readonly rounds: number;
  /** The number of server starts: the results of a JIT compiler for the same program differ by a tenth. */
  readonly heats: number;
  /** The duration of each measurement. The reference takes half of it, and its warm-up a quarter. */
  readonly seconds: number;
  /** Processor seconds that a JavaScript server works before it is measured. */
  readonly warmUp: number;
  /**
   * The seconds after which the run has ended. Each question has a share: it stops after the round in which that ends,
   * and measures shorter if a round would not fit. Contestants that have no time at all are told.
   */
  readonly budget: number;
  /** The number of calls whose allocations are counted. */
  readonly calls: number;
  /** The number of idle connections in `idle-memory` and `event-cost`. */
  readonly connections: number;
  /** The processor that servers run on. */
  readonly serverCpu: number;
  /** The processor that the client runs on: the same one by default. */
  readonly clientCpu: number;
  /** Whether to measure Bun and Deno. */
  readonly runtimes: boolean;
  /** The commit that ours is compared with. */
  readonly base?: Base;
}

/** The outputs of a run. */
export interface Output {
  /** The file to write results to as JSON. */
  readonly json?: string;
  /** Whether to write the report. */
  readonly report: boolean;
  /** The file of an earlier run to write the report from, without measuring. */
  readonly from?: string;
  /** The file of a second run that the report says the agreement with. */
  readonly second?: string;
  /** The file of a run with `runtimes` that the report includes. */
  readonly others?: string;
}

export const usage = `usage: npm run bench -- [quick] [report] [runtimes] [compare <commit or folder>] [questions] [options]
  quick                fewer and shorter rounds: under a minute
  report               write docs/performance.md and its charts
  runtimes             measure Bun and Deno (npm run runtimes installs them)
  compare <base>       compare with another commit, or with the folder of a compiled one
  --json <file>        write the results as JSON
  --from <file>        with report: use these results, and measure nothing
  --second <file>      with report: say whether the results of a second run agree
  --others <file>      with report: include the results of a run with \`runtimes\`
  --rounds <n>         how often each contestant is measured (6; quick: 2)
  --seconds <n>        how long each measurement takes (0.1; quick: 0.03)
  --budget <n>         seconds after which the run has ended (230; quick: 54; with --rounds or --seconds: no limit)
  --cpu <n>            the processor to run on (the last one)
  --client-cpu <n>     the processor to run the client on (the same one)`;

const usual = {
  rounds: 6,
  heats: 2,
  seconds: 0.1,
  warmUp: 0.3,
  budget: 230,
  connections: 10_000,
  calls: 1_000_000,
};
const quick = {
  rounds: 2,
  heats: 1,
  seconds: 0.03,
  warmUp: 0.2,
  budget: 54,
  connections: 2_000,
  calls: 100_000,
};

/** The arguments before the questions' names. */
function splitWords(words: readonly string[]): {
  isQuick: boolean;
  report: boolean;
  runtimes: boolean;
  base?: string;
  names: string[];
} {
  const rest = [...words];
  const take = (word: string, count: number): string[] => {
    const at = rest.indexOf(word);
    return at < 0 ? [] : rest.splice(at, count);
  };
  const compare = take('compare', 2);
  if (compare.length === 1) throw new Error(usage);
  return {
    isQuick: take('quick', 1).length > 0,
    report: take('report', 1).length > 0,
    runtimes: take('runtimes', 1).length > 0,
    ...(compare.length === 2 && { base: compare[1]! }),
    names: rest,
  };
}

/** Reads settings from the arguments of the command line. */
export function readSettings(args: readonly string[] = process.argv.slice(2)): Settings & Output {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const { isQuick, report, runtimes, base, names } = splitWords(positionals);
  const preset = isQuick ? quick : usual;
  const serverCpu = values.cpu === undefined ? processors().at(-1)! : Number(values.cpu);
  const isCustom = values.rounds !== undefined || values.seconds !== undefined;
  const settings = {
    ...preset,
    names,
    report,
    runtimes,
    rounds: Number(values.rounds ?? preset.rounds),
    seconds: Number(values.seconds ?? preset.seconds),
    budget: Number(values.budget ?? (isCustom ? 1e6 : preset.budget)),
    serverCpu,
    clientCpu: Number(values['client-cpu'] ?? serverCpu),
    ...outputs(values),
  };
  if (!report && (settings.from ?? settings.second ?? settings.others) !== undefined) throw new Error(usage);
  if (!(settings.rounds >= 1 && settings.seconds > 0 && settings.budget > 0)) throw new Error(usage);
  return base === undefined ? settings : { ...settings, base: prepareBase(base) };
}

function outputs({ json, from, second, others }: Omit<Output, 'report'>): Omit<Output, 'report'> {
  return {
    ...(json !== undefined && { json }),
    ...(from !== undefined && { from }),
    ...(second !== undefined && { second }),
    ...(others !== undefined && { others }),
  };
}

const options = {
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  budget: { type: 'string' },
  cpu: { type: 'string' },
  'client-cpu': { type: 'string' },
  json: { type: 'string' },
  from: { type: 'string' },
  second: { type: 'string' },
  others: { type: 'string' },
} as const;
