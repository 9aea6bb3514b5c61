/** Random inputs for some of the readers, always the same. */
import { test } from 'node:test';
import { attack } from '../fuzz/run.js';
import type { Target } from '../fuzz/target.js';

export function fuzz(targets: readonly Target[], inputs: number): void {
  for (const target of targets) {
    test(target.name, async () => {
      const { fault } = await attack(target, inputs, 1);
      if (fault !== undefined) throw new Error(`${fault.input}: ${fault.error}`);
    });
  }
}
