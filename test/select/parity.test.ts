/**
 * select, poll and epoll give the same answers as Python's select module, on the same descriptors, which a
 * child process inherits.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import {
  POLLHUP,
  POLLIN,
  POLLNVAL,
  POLLOUT,
  POLLPRI,
  POLLRDHUP,
  POLLRDNORM,
  POLLWRNORM,
  poll,
  Selector,
  select,
  selectSync,
} from 'berkeley/select';
import { besideSource, python, withoutPython } from '../support/python.js';
import { states } from './states.js';

const masks = [
  0,
  POLLIN,
  POLLOUT,
  POLLPRI,
  POLLRDHUP,
  POLLIN | POLLOUT | POLLPRI | POLLRDHUP,
  POLLRDNORM | POLLWRNORM,
  POLLHUP | POLLNVAL,
];

/**
 * For one descriptor: the result of select, its result for exceptional conditions alone, and what poll and
 * epoll report for each mask.
 */
type Answer = [selected: number[], exceptional: number, polled: number[], epolled: (number | null)[]];

function asked(fds: readonly number[]): Answer[] {
  const program = besideSource('parity.py', import.meta.url);
  const numbers = fds.map((_, i) => 3 + i);
  const { stdout, stderr, status } = spawnSync(python, [program], {
    input: JSON.stringify({ fds: numbers, masks }),
    stdio: ['pipe', 'pipe', 'pipe', ...fds],
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as Answer[];
}

const counts = (lists: readonly (readonly unknown[])[]) => lists.map(({ length }) => length);

/** The events that a poll of one descriptor reports, or 0. */
function only(answers: readonly (readonly [unknown, number])[]): number {
  return answers[0]?.[1] ?? 0;
}

describe('readiness is reported as in Python', { skip: withoutPython }, () => {
  const names = Object.keys(states);
  const owned: { close(): void }[] = [];
  const fds = new Map<string, number>();
  const theirs = new Map<string, Answer>();

  before(async () => {
    for (const name of names) {
      const fd = await states[name]!(thing => {
        owned.push(thing);
        return thing;
      });
      fds.set(name, fd);
    }
    for (const [i, answer] of asked([...fds.values()]).entries()) theirs.set(names[i]!, answer);
  });
  after(() => {
    for (const thing of owned) thing.close();
  });

  for (const name of names) {
    test(name, async () => {
      const fd = fds.get(name)!;
      const [selected, exceptional, polled, epolled] = theirs.get(name)!;
      assert.deepEqual(counts(selectSync([fd], [fd], [fd], 0)), selected);
      assert.deepEqual(counts(await select([fd], [fd], [fd], 0)), selected);
      // A hang-up that was not requested makes poll(2) return at once, but select(2) wait.
      assert.equal(selectSync([], [], [fd], 2)[2].length, exceptional);
      assert.equal((await select([], [], [fd], 2))[2].length, exceptional);
      for (const [i, mask] of masks.entries()) {
        const list = poll<number>();
        list.register(fd, mask);
        assert.equal(only(list.pollSync(0)), polled[i], `poll(2), mask ${mask}`);
        assert.equal(only(await list.poll(0)), polled[i], `poll(2) by promise, mask ${mask}`);
        assert.equal(only(await list.poll(polled[i] === 0 ? 2 : 1000)), polled[i], `waiting, mask ${mask}`);

        using selector = new Selector();
        selector.register(fd, mask);
        // epoll refuses files. Here they are as ready as poll(2) reports.
        const expected = epolled[i] ?? polled[i]!;
        const events = () => selector.waitSync({ timeout: 0 })[0]?.events ?? 0;
        assert.equal(events(), expected, `epoll(7), mask ${mask}`);
        const [ready] = await selector.wait({ timeout: expected === 0 ? 2 : 1000 });
        assert.equal(ready?.events ?? 0, expected, `epoll(7) by promise, mask ${mask}`);
      }
    });
  }
});
