/** What the scenes of a part have found, and the JSON that scripts/attack.mjs reads. */
import { writeFileSync } from 'node:fs';

/** A figure of a scene; `of` names the contestant that it belongs to, if the scene compares several. */
export interface Figure {
  readonly scene: string;
  readonly of?: string;
  readonly name: string;
  readonly value: number;
  readonly unit?: string | undefined;
}

/** What one scene has found. */
export interface Outcome {
  readonly name: string;
  readonly seconds: number;
  readonly figures: readonly Figure[];
  readonly failures: readonly string[];
}

/** Prints a figure. */
export function printFigure({ of, name, value, unit }: Figure): void {
  console.log(
    `  ${of === undefined ? '' : `${of}, `}${name}: ${value}${unit === undefined ? '' : ` ${unit}`}`,
  );
}

/** Prints the sum of a part, and writes its JSON to a file if there is one. */
export function report(
  part: string,
  seed: number,
  seconds: number,
  scenes: readonly (Outcome & { readonly about: string })[],
  json: string | undefined,
): void {
  const figures = scenes.flatMap(scene => scene.figures);
  const failures = scenes.flatMap(scene => scene.failures);
  const durations = scenes.map(({ name, about, seconds: own }) => ({ name, about, seconds: own }));
  const all = { part, seed, seconds, scenes: durations, figures, failures };
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(all, undefined, 2)}\n`);
  console.log(
    `${part}: ${figures.length} figures, ${failures.length} failures in ${seconds} s (seed ${seed})`,
  );
}
