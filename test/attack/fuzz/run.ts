/** Runs targets with random inputs, and with the committed cases. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import { root } from '../../../tables/root.js';
import type { Target } from './target.js';

/** An input with which a target fails. */
export interface Fault {
  readonly target: string;
  readonly seed: number;
  /** The smallest input that fails, as an expression of JavaScript. */
  readonly input: string;
  readonly error: string;
}

/** Gives a target up to so many random inputs. Returns how many they were, and the fault that the last one has found. */
export async function attack(
  target: Target,
  count: number,
  seed: number,
): Promise<{ readonly given: number; readonly fault?: Fault }> {
  const options = { numRuns: count, seed, endOnFailure: process.env.BERKELEY_QUICK === '1' };
  const result = target.isAsync
    ? await fc.check(
        fc.asyncProperty(target.input, async input => target.check(input)),
        options,
      )
    : fc.check(
        fc.property(target.input, input => void target.check(input)),
        options,
      );
  const given = result.numRuns;
  if (!result.failed) return { given };
  const [input] = result.counterexample ?? [];
  const error = result.errorInstance instanceof Error ? result.errorInstance.stack : result.errorInstance;
  return { given, fault: { target: target.name, seed, input: fc.stringify(input), error: String(error) } };
}

/** A committed case: an input that has found a fault, which is mended. */
export interface Case {
  readonly file: string;
  readonly target: string;
  /** What was wrong. */
  readonly found: string;
  /** The input, as an expression of JavaScript. */
  readonly input: string;
}

const folder = join(root, 'test/attack/fuzz/cases');

/** Reads the committed cases. */
export function readCases(): Case[] {
  return readdirSync(folder)
    .filter(file => file.endsWith('.json'))
    .map(file => ({ file, ...JSON.parse(readFileSync(join(folder, file), 'utf8')) }));
}

/** Returns the input of a case. */
export function inputOf({ input }: Case): unknown {
  return runInThisContext(`(${input})`);
}
