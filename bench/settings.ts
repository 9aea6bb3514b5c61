import { parseArgs } from 'node:util';
import { processors } from './processors.js';

/** What the command line says. */
export interface Settings {
  /** The questions to ask; all when empty. */
  readonly names: readonly string[];
  /** How often each contestant is measured. */
  readonly rounds: number;
  /** How long each measurement takes; a reference's takes half of it, and its warm-up a quarter. */
  readonly seconds: number;
  /** The processor that servers run on. */
  readonly serverCpu: number;
  /** The processor that the client runs on: the same one by default. */
  readonly clientCpu: number;
}

export const usage = `usage: npm run bench -- [names of questions] [options]
  --rounds <n>         how often each contestant is measured (6)
  --seconds <n>        how long each measurement takes (0.12)
  --cpu <n>            the processor to run on (the last one)
  --client-cpu <n>     the processor to run the client on (the same one)`;

export function readSettings(): Settings {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '6' },
      seconds: { type: 'string', default: '0.12' },
      cpu: { type: 'string' },
      'client-cpu': { type: 'string' },
    },
  });
  const serverCpu = values.cpu === undefined ? processors().at(-1)! : Number(values.cpu);
  const settings = {
    names: positionals,
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    serverCpu,
    clientCpu: values['client-cpu'] === undefined ? serverCpu : Number(values['client-cpu']),
  };
  if (!(settings.rounds >= 1 && settings.seconds > 0)) throw new Error(usage);
  return settings;
}
