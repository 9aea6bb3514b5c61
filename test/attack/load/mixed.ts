/** Mixed traffic for minutes or hours: heap, resident memory and descriptors stay flat after the warm-up. */
import type { Trial } from '../part.js';
import { Process } from './process.js';
import { type Line, lineThrough, MIB, type Usage } from './usage.js';

type Sample = Usage & { readonly at: number };

interface Soak {
  readonly count: number;
  readonly samples: readonly Sample[];
}

/**
 * The part of the samples that an engine needs to compile code and fill its caches. In the first thousands of steps, V8
 * enlarges its young generation: the resident memory grows by 16 MiB once, whatever the steps do, while what malloc(3) has
 * given out stays the same.
 */
const WARM_UP = 0.4;

/**
 * The growth over the samples that is none. The resident memory moves with the heap's own decisions, so its limit is
 * higher. A leak of a hundred bytes per step exceeds each of them in an hour.
 */
const limits = { heap: MIB, rss: 16 * MIB, descriptors: 0.5 } as const;

type Kind = keyof typeof limits;

function lineOf(samples: readonly Sample[], kind: Kind): Line {
  return lineThrough(samples.map(sample => [sample.at, sample[kind]] as const));
}

function report(trial: Trial, whose: string, { count, samples }: Soak): void {
  const warm = samples.slice(Math.floor(samples.length * WARM_UP));
  const seconds = (warm.at(-1)!.at - warm[0]!.at) / 1000;
  trial.compare(whose, 'steps', count);
  trial.compare(whose, 'measured', seconds, 's');
  for (const kind of Object.keys(limits) as Kind[]) {
    const { growth, error } = lineOf(warm, kind);
    const [unit, scale] = kind === 'descriptors' ? [undefined, 1] : ['KiB', 1024];
    trial.compare(whose, `${kind}, growth`, growth / scale, unit);
    trial.compare(whose, `${kind}, standard error`, error / scale, unit);
    // Three standard errors: what is below can be chance.
    if (whose !== 'node')
      trial.expect(
        growth - 3 * error <= limits[kind],
        `${kind} grew by ${growth / scale} ${unit ?? ''} in ${seconds} s`,
      );
  }
}

async function soak(trial: Trial, whose: string, seconds: number): Promise<void> {
  const samples = trial.amount(10, 40, 360);
  using program = new Process('mixed-program', [whose, `${seconds}`, `${samples}`, `${trial.seed}`]);
  report(trial, whose, await program.hear<Soak>());
}

export async function mixed(trial: Trial): Promise<void> {
  await soak(trial, 'berkeley', trial.amount(1.5, 50, 3600));
  if (trial.size === 'short') return;
  await soak(trial, 'berkeley, descriptors in messages', trial.amount(0, 20, 600));
  await soak(trial, 'node', trial.amount(0, 30, 3600));
}
