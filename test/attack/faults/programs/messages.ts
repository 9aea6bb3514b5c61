/** Programs with messages: descriptors, batches, segments, the error queue, zero-copy sends. */
import assert from 'node:assert/strict';
import { closeSync, openSync, writeSync } from 'node:fs';
import { AF_INET, AF_UNIX, MessageBatch, SOCK_DGRAM, Socket } from 'berkeley';
import { ip } from 'berkeley/options';
import type { Loose, Program, Scene, Stage } from '../stage.js';

function batch(family: number): MessageBatch<Loose> {
  return new MessageBatch({ family: family as Loose, count: 4, size: 64 });
}

const descriptors: readonly Program[] = [
  {
    name: 'sendFds',
    prepare(stage): Scene {
      const [a, b] = stage.pair();
      const file = openSync('/dev/null', 'r');
      stage.later(() => closeSync(file));
      return {
        run: async () => await stage.call(a, 'sendFds', ['x', [file]]),
        verify: () => {
          for (const fd of b.recvFdsSync(9, 1).fds) closeSync(fd);
        },
      };
    },
  },
  {
    name: 'recvFds',
    prepare(stage): Scene {
      const [a, b] = stage.pair();
      const file = openSync('/dev/null', 'r');
      b.sendFdsSync('x', [file, file, file]);
      closeSync(file);
      return {
        run: async () => {
          const { fds } = await stage.call(a, 'recvFds', [9, 3]);
          for (const fd of fds) stage.later(() => closeSync(fd));
          return fds;
        },
        verify: fds => assert.equal((fds as number[]).length, 3),
      };
    },
  },
  {
    // The table of owned descriptors has to grow for it (native/core/owned.c).
    name: 'recvFds of a high number',
    prepare(stage): Scene {
      const [a, b] = stage.pair();
      for (let i = 0; i < 300; i++) {
        const fd = openSync('/dev/null', 'r');
        stage.later(() => closeSync(fd));
      }
      const file = openSync('/dev/null', 'r');
      b.sendFdsSync('x', [file]);
      closeSync(file);
      return {
        run: async () => {
          const { fds } = await stage.call(a, 'recvFds', [9, 1]);
          for (const fd of fds) stage.later(() => closeSync(fd));
          return fds;
        },
        verify: fds => assert.equal((fds as number[]).length, 1),
      };
    },
  },
  {
    name: 'recvmsg into 20 buffers',
    prepare(stage): Scene {
      const [a, b] = stage.pair();
      const text = 'abcdefghijklmnopqrst';
      writeSync(b.fd, text);
      const buffers = Array.from({ length: 20 }, () => Buffer.alloc(1));
      return {
        run: async () => await stage.call(a, 'recvmsgInto', [buffers]),
        failed: () => assert.equal(a.recvSync(100).toString(), text),
      };
    },
  },
];

const batches: readonly Program[] = (['UDP', 'Unix datagrams'] as const).flatMap(kind => {
  const open = (stage: Stage): [Loose, Loose] => (kind === 'UDP' ? stage.udp() : stage.pair(SOCK_DGRAM));
  const family = kind === 'UDP' ? AF_INET : AF_UNIX;
  return [
    {
      name: `sendmmsg, ${kind}`,
      prepare(stage: Stage): Scene {
        const [a, b] = open(stage);
        const made = batch(family);
        for (const text of ['one', 'two', 'three']) made.push(text);
        return {
          run: async () => await stage.call(a, 'sendmmsg', [made]),
          verify: sent => {
            const texts = ['one', 'two', 'three'].slice(0, sent as number);
            for (const text of texts) assert.equal(b.recvSync(9).toString(), text);
          },
        };
      },
    },
    {
      name: `recvmmsg, ${kind}`,
      prepare(stage: Stage): Scene {
        const [a, b] = open(stage);
        for (const text of ['one', 'two', 'three']) writeSync(b.fd, text);
        const made = batch(family);
        return { run: async () => await stage.call(a, 'recvmmsg', [made]) };
      },
    },
  ];
});

const others: readonly Program[] = [
  {
    name: 'sendSegments, UDP',
    prepare(stage): Scene {
      const [a] = stage.udp();
      return { run: async () => await stage.call(a, 'sendSegments', [Buffer.alloc(100), 10]) };
    },
  },
  {
    name: 'recvSegments, UDP',
    prepare(stage): Scene {
      const [a, b] = stage.udp();
      writeSync(b.fd, 'one');
      writeSync(b.fd, 'two');
      return { run: async () => await stage.call(a, 'recvSegments', []) };
    },
  },
  {
    name: 'datagrams(), UDP',
    forms: ['promise'],
    prepare(stage): Scene {
      const [a, b] = stage.udp();
      writeSync(b.fd, 'one');
      writeSync(b.fd, 'two');
      const wait = stage.limit === undefined ? {} : { timeout: stage.limit };
      return {
        run: async () => {
          for await (const datagram of a.datagrams(wait as Loose)) return datagram;
          return undefined;
        },
      };
    },
  },
  {
    name: 'recvError, UDP',
    prepare(stage): Scene {
      const a = stage.keep(new Socket(AF_INET, SOCK_DGRAM));
      a.setOption(ip.recverr, true);
      const closed = new Socket(AF_INET, SOCK_DGRAM);
      closed.bind({ host: '127.0.0.1', port: 0 });
      const address = closed.getsockname();
      closed.close();
      a.sendtoSync('x', address);
      return { run: async () => await stage.call(a, 'recvError', []) };
    },
  },
  {
    name: 'sendZeroCopy, TCP',
    prepare(stage): Scene {
      const [a, b] = stage.tcp();
      return {
        run: async () => {
          const send = await stage.call(a, 'sendZeroCopy', [Buffer.alloc(100)]);
          send.completed.catch(() => {});
          return send;
        },
        verify: () => b.recvSync(100),
      };
    },
  },
];

/** The programs of this file. */
export const messages: readonly Program[] = [...descriptors, ...batches, ...others];
