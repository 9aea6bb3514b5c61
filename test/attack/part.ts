/**
 * A part of the attack that consists of scenes, which run one after the other. `attack` is the main function of such a
 * part's program: it prints the seed, runs the scenes, ends with their figures, and writes them as JSON if asked to.
 *
 *   usage: node main.js [--seed <number>] [--long] [--json <file>] [--only <part of a scene's name>]
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { random } from '../support/bytes.js';

/** How much work a scene does: seconds in the gate, minutes in a run, hours in a long run. */
export type Size = 'short' | 'normal' | 'long';

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit?: string;
}

/** One run of one scene. */
export class Trial {
  readonly figures: Figure[] = [];
  readonly failures: string[] = [];
  /** Random numbers below 1, the same ones for the same seed. */
  readonly random: () => number;

  constructor(
    readonly scene: string,
    readonly seed: number,
    readonly size: Size,
  ) {
    // Each scene has its own sequence, so that one that runs alone repeats what it did among the others.
    this.random = random(
      [...scene].reduce((hash, letter) => Math.imul(hash, 31) + letter.charCodeAt(0), seed),
    );
  }

  /** The amount for the size of this run. */
  amount(short: number, normal: number, long = normal): number {
    return { short, normal, long }[this.size];
  }

  /** A random integer from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1));
  }

  figure(name: string, value: number, unit?: string): void {
    const rounded = Number(value.toPrecision(4));
    this.figures.push({
      name: `${this.scene}: ${name}`,
      value: rounded,
      ...(unit === undefined ? {} : { unit }),
    });
  }

  /** Records a failure if the condition does not hold, once for the same text. The scene continues. */
  expect(condition: boolean, failure: string): void {
    const text = `${this.scene}: ${failure}`;
    if (!condition && !this.failures.includes(text)) this.failures.push(text);
  }
}

/** Does the work, and throws or records what is wrong. */
export type Scene = (trial: Trial) => Promise<void>;

/** Runs a scene. An error that it throws is one of its failures. */
export async function play(name: string, scene: Scene, seed: number, size: Size): Promise<Trial> {
  const trial = new Trial(name, seed, size);
  try {
    await scene(trial);
  } catch (error) {
    trial.failures.push(`${name}: ${error instanceof Error ? error.stack : String(error)}`);
  }
  return trial;
}

function print({ figures, failures }: Trial): void {
  for (const { name, value, unit } of figures)
    console.log(`  ${name}: ${value}${unit === undefined ? '' : ` ${unit}`}`);
  for (const failure of failures) console.error(`  FAILED ${failure}`);
}

const options = {
  seed: { type: 'string' },
  long: { type: 'boolean', default: false },
  json: { type: 'string' },
  only: { type: 'string', default: '' },
} as const;

/** Runs the scenes of a part according to the command line, and sets the exit code. */
export async function attack(part: string, scenes: Readonly<Record<string, Scene>>): Promise<void> {
  const { values } = parseArgs({ options });
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  const start = performance.now();
  console.log(`${part}: seed ${seed}`);
  const trials: Trial[] = [];
  for (const [name, scene] of Object.entries(scenes)) {
    if (!name.includes(values.only)) continue;
    console.log(name);
    const trial = await play(name, scene, seed, values.long ? 'long' : 'normal');
    print(trial);
    trials.push(trial);
  }
  const seconds = Math.round((performance.now() - start) / 1000);
  const figures = trials.flatMap(trial => trial.figures);
  const failures = trials.flatMap(trial => trial.failures);
  if (values.json !== undefined)
    writeFileSync(
      values.json,
      `${JSON.stringify({ part, seed, seconds, figures, failures }, undefined, 2)}\n`,
    );
  console.log(
    `${part}: ${figures.length} figures, ${failures.length} failures in ${seconds} s (seed ${seed})`,
  );
  // A scene that failed can have left something open that would keep the process alive.
  process.exit(trials.length === 0 || failures.length > 0 ? 1 : 0);
}
