/**
 * lifetime.test.ts runs these programs: does the process exit, and does it work with few descriptors? The
 * argument selects one.
 */
import { closeSync, openSync } from 'node:fs';
import { socketpair } from 'berkeley';
import { POLLIN, poll, Selector, select, selectSync } from 'berkeley/select';

const [a] = socketpair();
const selector = new Selector();
selector.register(a, POLLIN);
const late = { timeout: 50 };

const programs: Record<string, () => unknown> = {
  'a Selector that nobody waits for': () => {},
  'a wait that is unref’d': () => selector.unref().wait(),
  'a wait': () => selector.wait(late).then(() => console.log('over')),
  'a select': () => select([a], [], [], late).then(() => console.log('over')),
  'a poll': () => {
    const list = poll();
    list.register(a, POLLIN);
    return list.poll(late).then(() => console.log('over'));
  },
  'no descriptors': withoutDescriptors,
};

/** Runs with `ulimit -n`. Prints the result of each call when no descriptor is free. */
async function withoutDescriptors(): Promise<void> {
  await select([a], [], [], 1); // opens the descriptors that each thread opens once
  const spare: number[] = [];
  try {
    for (;;) spare.push(openSync('/dev/null', 'r'));
  } catch {}
  const counts = (lists: readonly (readonly unknown[])[]) =>
    JSON.stringify(lists.map(list => list.map(() => 1)));
  const said = await Promise.all([
    new Promise(resolve => resolve(new Selector())).catch(String),
    select([a], [], []).catch(String),
    select([], [a], []).then(counts),
    counts(selectSync([a], [], [], 1)),
  ]);
  for (const fd of spare) closeSync(fd);
  for (const text of said) console.log(String(text).replace(/^\w+: /, ''));
}

programs[process.argv[2]!]!();
