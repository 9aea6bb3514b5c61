/**
 * Scripts of calls that run in Python and here, and the comparison of the outcomes. See sockets-peer.py for
 * the language. Calls have Python's names, so that each side needs only its own; sockets-ours.ts translates
 * them.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { askPython, besideSource, withoutPython } from '../support/python.js';
import { type Face, playOurs } from './sockets-ours.js';

export type Given = string | number | boolean | null | Readonly<Record<string, unknown>>;

/** `["names = socket.method", ...arguments]` */
export type Step = readonly [call: string, ...given: Given[]];

export type Outcome =
  | { readonly value: unknown }
  | { readonly error: string; readonly errno: number | null }
  | 'refused';

/** A step that differs on purpose. It states both outcomes. */
export interface Difference {
  readonly step: Step;
  readonly python: Outcome;
  readonly ours: Outcome;
}

export interface Scenario {
  readonly name: string;
  readonly steps: readonly (Step | Difference)[];
  /** The step for Python, which has another way to do the same. */
  readonly inPython?: readonly Step[];
  /** Only for the Sync face: modes. */
  readonly syncOnly?: boolean;
  readonly skip?: string | false;
}

export const refused: Outcome = 'refused';
export const of = (name: string): Given => ({ of: name });
export const text = (value: string): Given => ({ text: value });
export const zeros = (count: number): Given => ({ zeros: count });
export const room = (count: number): Given => ({ room: count });
export const hex = (bytes: Uint8Array): Given => ({ hex: Buffer.from(bytes).toString('hex') });
export const host = (name: string, port = 0): Given => ({ host: name, port });
export const path = (name: string): Given => ({ path: name });
/** A name that no other run of the tests uses. */
export const abstract = (name: string): Given => ({
  abstractHex: Buffer.from(`berkeley-${process.pid}-${name}`).toString('hex'),
});

const isDifference = (step: Step | Difference): step is Difference => 'step' in step;
const stepsOf = ({ steps }: Scenario): Step[] => steps.map(step => (isDifference(step) ? step.step : step));

/**
 * Values that the kernel chooses differ between runs. They are replaced by "the first port", "the second
 * port".
 */
function anonymous(outcomes: readonly Outcome[], steps: readonly Step[]): unknown {
  const given = JSON.stringify(steps);
  const known = new Map<string, string>();
  const nameOf = (value: unknown, kind: string) => {
    const key = `${kind} ${value}`;
    if (!known.has(key)) known.set(key, `${kind} #${known.size + 1}`);
    return known.get(key);
  };
  return JSON.parse(JSON.stringify(outcomes), (key, value) => {
    if (key === 'port' && value !== 0 && !given.includes(`"port":${value}`)) return nameOf(value, 'port');
    // Five hexadecimal digits: "autobind", unix(7).
    if (key === 'abstractHex' && /^(3\d|6[1-6]){5}$/.test(value)) return nameOf(value, 'autobind');
    return value;
  });
}

function show([call, ...given]: Step): string {
  return `${call}(${given.map(argument => JSON.stringify(argument)).join(', ')})`;
}

function compare(scenario: Scenario, python: readonly Outcome[], ours: readonly Outcome[]): void {
  const steps = stepsOf(scenario);
  const [theirs, mine] = [anonymous(python, steps), anonymous(ours, steps)] as [Outcome[], Outcome[]];
  for (const [i, step] of scenario.steps.entries()) {
    const wanted = isDifference(step) ? step : { python: theirs[i], ours: theirs[i] };
    assert.deepEqual(theirs[i], wanted.python, `Python, step ${i + 1}: ${show(steps[i]!)}`);
    assert.deepEqual(mine[i], wanted.ours, `step ${i + 1}: ${show(steps[i]!)}`);
  }
}

const peer = besideSource('sockets-peer.py', import.meta.url);

/** Python's outcomes for all scripts, from one process. */
function playTheirs(scenarios: readonly Scenario[]): Outcome[][] {
  const scripts = scenarios.map(each => (each.skip ? [] : (each.inPython ?? stepsOf(each))));
  return askPython<Outcome[][]>(peer, scripts);
}

/** Defines one test per scenario and face. */
export function compareAll(scenarios: readonly Scenario[]): void {
  let theirs: Outcome[][];
  before(() => {
    if (!withoutPython) theirs = playTheirs(scenarios);
  });
  for (const [i, scenario] of scenarios.entries()) {
    const faces: readonly Face[] = scenario.syncOnly ? ['sync'] : ['sync', 'promise'];
    const skip = withoutPython || scenario.skip || false;
    for (const face of faces) {
      test(`${scenario.name} (${face})`, { skip }, async () => {
        compare(scenario, theirs[i]!, await playOurs(stepsOf(scenario), face));
      });
    }
  }
}
