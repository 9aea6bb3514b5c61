// Stands for node:test where mutants run: it collects the tests instead of running them once. See runner.mjs.

/** The tests of the modules that are being loaded. */
export let collected = [];

/** Forgets the tests that were collected. */
export function forget() {
  collected = [];
}

/** Registers a test, unless it is skipped. */
export function test(_name, ...rest) {
  const run = rest.find(one => typeof one === 'function');
  const skip = rest.find(one => typeof one === 'object')?.skip;
  if (skip === undefined || skip === false) collected.push(run);
}

/** Runs the body of a group, which registers its tests. */
export function describe(_name, ...rest) {
  const skip = rest.find(one => typeof one === 'object')?.skip;
  if (skip === undefined || skip === false) rest.find(one => typeof one === 'function')();
}

export default test;
