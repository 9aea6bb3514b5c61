/**
 * A part of the attack that consists of scenes, which run one after the other. `attack` is the main function of such a
 * part's program: it prints the seed, runs each scene in a process of its own, ends one that exceeds its limit, and writes
 * the figures of all as JSON if asked to.
 *
 *   usage: node main.js [--seed <number>] [--short | --long] [--json <file>] [--only <part of a scene's name>] [--first]
 *
 * With --first, it ends after the first scene that fails. `--scene` is for the processes of scenes.
 */
import { parseArgs } from 'node:util';
import { random } from '../support/bytes.js';
import { type Figure, report } from './outcome.js';
import { DONE, superviseScene } from './supervisor.js';

/** How much work a scene does: seconds in the gate, a minute or two in a run, hours in a long run. */
export type Size = 'short' | 'normal' | 'long';

/** One run of one scene. */
export class Trial {
  readonly figures: Figure[] = [];
  readonly failures: string[] = [];
  /** Random numbers below 1, the same ones for the same seed. */
  readonly random: () => number;
  readonly #tell: (found: Figure | string) => void;

  /** @param tell is told of each figure and each failure at once, because the process can end before the scene */
  constructor(
    readonly scene: string,
    readonly seed: number,
    readonly size: Size,
    tell: (found: Figure | string) => void = () => {},
  ) {
    this.#tell = tell;
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

  /** Records a figure of the scene. */
  figure(name: string, value: number, unit?: string): void {
    this.#add({ scene: this.scene, name, value, unit });
  }

  /** Records a figure of one contestant, which the report shows beside those of the others. */
  compare(of: string, name: string, value: number, unit?: string): void {
    this.#add({ scene: this.scene, of, name, value, unit });
  }

  #add({ value, unit, ...rest }: Figure): void {
    const rounded = Number(value.toPrecision(4));
    const figure = { ...rest, value: rounded, ...(unit === undefined ? {} : { unit }) };
    this.figures.push(figure);
    this.#tell(figure);
  }

  /** Records a failure. */
  fail(text: string): void {
    this.failures.push(text);
    this.#tell(text);
  }

  /** Records a failure if the condition does not hold, once for the same text. The scene continues. */
  expect(condition: boolean, failure: string): void {
    const text = `${this.scene}: ${failure}`;
    if (!condition && !this.failures.includes(text)) this.fail(text);
  }
}

/** A scene of a part. */
export interface Scene {
  /** What it does, in one sentence of the report. */
  readonly about: string;
  /** The limit of a normal run in seconds: several times what it takes on two processors that do nothing else. */
  readonly limit: number;
  /** Does the work, and throws or records what is wrong. */
  run(trial: Trial): Promise<void>;
}

/** Runs a scene. An error that it throws is one of its failures. */
export async function play(
  name: string,
  scene: Scene,
  seed: number,
  size: Size,
  tell?: (found: Figure | string) => void,
): Promise<Trial> {
  const trial = new Trial(name, seed, size, tell);
  try {
    await scene.run(trial);
  } catch (error) {
    trial.fail(`${name}: ${error instanceof Error ? error.stack : String(error)}`);
  }
  return trial;
}

const options = {
  seed: { type: 'string' },
  long: { type: 'boolean', default: false },
  short: { type: 'boolean', default: false },
  first: { type: 'boolean', default: false },
  json: { type: 'string' },
  only: { type: 'string', default: '' },
  scene: { type: 'string' },
} as const;

/** A long run has hours for a scene. */
const LONG = 60;

/** Runs the scenes of a part according to the command line, and sets the exit code. */
export async function attack(part: string, scenes: Readonly<Record<string, Scene>>): Promise<void> {
  const { values } = parseArgs({ options });
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  const size = values.long ? 'long' : values.short ? 'short' : 'normal';
  if (values.scene !== undefined) return await playHere(values.scene, scenes, seed, size);
  const start = performance.now();
  console.log(`${part}: seed ${seed}`);
  const outcomes = [];
  for (const [name, { limit, about }] of Object.entries(scenes)) {
    if (!name.includes(values.only)) continue;
    const args = ['--scene', name, '--seed', `${seed}`, ...(size === 'normal' ? [] : [`--${size}`])];
    const outcome = await superviseScene(name, args, limit * (size === 'long' ? LONG : 1));
    outcomes.push({ ...outcome, about });
    if (values.first && outcome.failures.length > 0) break;
  }
  const seconds = Math.round((performance.now() - start) / 1000);
  report(part, seed, seconds, outcomes, values.json);
  process.exit(outcomes.length === 0 || outcomes.some(({ failures }) => failures.length > 0) ? 1 : 0);
}

/** Runs one scene in the process that the supervisor has started for it. */
async function playHere(
  name: string,
  scenes: Readonly<Record<string, Scene>>,
  seed: number,
  size: Size,
): Promise<void> {
  process.on('disconnect', () => process.exit(1));
  await play(name, scenes[name]!, seed, size, found => process.send!(found));
  // A scene that failed can have left something open that would keep the process alive.
  process.send!(DONE, () => process.exit(0));
}
