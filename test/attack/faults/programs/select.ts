/** Programs with select, poll and Selector. */
import assert from 'node:assert/strict';
import { writeSync } from 'node:fs';
import { POLLIN, type Poll, poll, Selector, select, selectSync } from 'berkeley/select';
import type { Loose, Program, Scene } from '../stage.js';

const programs: readonly Program[] = [
  {
    name: 'select',
    prepare(stage): Scene {
      const [a, b] = stage.pair();
      const [c] = stage.pair();
      writeSync(b.fd, 'x');
      const limit = stage.limit ?? null;
      const call = stage.form === 'Sync' ? selectSync : select;
      return { run: async () => await (call as Loose)([a, c], [], [], limit) };
    },
  },
  {
    name: 'select, waiting',
    impossible: {
      faults: ['epoll_ctl_add: EBADF', 'epoll_ctl_add: EPERM'],
      why: 'poll(2) has just found that the descriptor is open and is not a regular file',
    },
    forms: ['promise'],
    prepare(stage): Scene {
      const [a, b] = stage.pair();
      return {
        run: async () => {
          const selecting = select([a], [], [], (stage.limit ?? null) as Loose);
          stage.soon(() => writeSync(b.fd, 'x'));
          return await selecting;
        },
      };
    },
  },
  {
    name: 'poll',
    prepare(stage): Scene {
      const [a, b] = stage.pair();
      writeSync(b.fd, 'x');
      const made: Poll<Loose> = poll();
      made.register(a, POLLIN);
      return {
        run: async () =>
          stage.form === 'Sync' ? made.pollSync(stage.limit ?? null) : await made.poll(stage.limit ?? null),
      };
    },
  },
  {
    name: 'poll of 100 sockets',
    prepare(stage): Scene {
      const made: Poll<Loose> = poll();
      for (let i = 0; i < 50; i++) for (const socket of stage.pair()) made.register(socket, POLLIN);
      return {
        run: async () => (stage.form === 'Sync' ? made.pollSync(1) : await made.poll(1)),
        // poll(2) can report a false readiness, and then so does this.
        verify: ready => assert.ok((ready as unknown[]).length % 100 === 0),
      };
    },
  },
  {
    name: 'Selector',
    prepare(stage): Scene {
      const [a, b] = stage.pair();
      return {
        run: async () => {
          const selector = stage.keep(new Selector<Loose>());
          selector.register(a, POLLIN, 'a');
          writeSync(b.fd, 'x');
          const ready = await stage.call(selector, 'wait', []);
          selector.modify(a, POLLIN, 'b');
          selector.unregister(a);
          return ready;
        },
      };
    },
  },
  {
    name: 'Selector, waiting',
    forms: ['promise'],
    prepare(stage): Scene {
      const [a, b] = stage.pair();
      const selector = stage.keep(new Selector<Loose>());
      selector.register(a, POLLIN, 'a', { edge: true });
      return {
        run: async () => {
          const waiting = stage.call(selector, 'wait', []);
          waiting.catch(() => {});
          stage.soon(() => writeSync(b.fd, 'x'));
          return await waiting;
        },
      };
    },
  },
];

/** The programs of this file. */
export const selecting: readonly Program[] = programs;
