/** Programs that receive and send bytes. */
import assert from 'node:assert/strict';
import { readSync, writeSync } from 'node:fs';
import { MSG_PEEK, MSG_WAITALL, SOCK_DGRAM, type Socket } from 'berkeley';
import type { Loose, Program, Scene, Stage } from '../stage.js';

type Any = Socket<'unix' | 'inet'>;
type Pair = (stage: Stage) => [Any, Any];

const pairs: Readonly<Record<string, Pair>> = {
  TCP: stage => stage.tcp() as [Any, Any],
  Unix: stage => stage.pair() as [Any, Any],
  UDP: stage => stage.udp() as [Any, Any],
  'Unix datagrams': stage => stage.pair(SOCK_DGRAM) as [Any, Any],
};

const TEXT = 'twelve bytes';

/** Reads what is left, without waiting; `''` if there is nothing. */
function rest(socket: Any): string {
  try {
    return socket.recvSync(100, { timeout: 0 }).toString();
  } catch {
    return '';
  }
}

/** Returns a function that receives what has arrived, and returns how many bytes that were until now. */
function drainOf(socket: Any): () => number {
  socket.timeout = 0;
  const memory = Buffer.alloc(2 ** 18);
  let received = 0;
  return () => {
    try {
      // The function of the runtime: its calls are not disturbed.
      for (let count = 1; count > 0; received += count) count = readSync(socket.fd, memory);
    } catch {
      // EAGAIN: nothing is left.
    }
    return received;
  };
}

/** The calls that receive, and how to read their results. */
const receiving: readonly [string, (result: Loose) => string][] = [
  ['recv', result => result.toString()],
  ['recvfrom', result => result.data.toString()],
  ['recvmsg', result => result.data.toString()],
];

/** The result must be the beginning of the text; on a stream, what is missing is still there. */
function conserves(socket: Any, text: string, isStream: boolean): void {
  const all = isStream && text.length < TEXT.length ? text + rest(socket) : text;
  assert.equal(all, TEXT);
}

function receiver(kind: string, name: string, read: (result: Loose) => string, isLate: boolean): Program {
  const isStream = kind === 'TCP' || kind === 'Unix';
  return {
    name: `${name}, ${kind}${isLate ? ', waiting' : ''}`,
    ...(isLate && { forms: ['promise'] as const }),
    prepare(stage): Scene {
      const [a, b] = pairs[kind]!(stage);
      if (!isLate) writeSync(b.fd, TEXT);
      return {
        run: async () => {
          const result = stage.call(a, name, [100]);
          if (isLate) stage.soon(() => writeSync(b.fd, TEXT));
          return await result;
        },
        verify: result => conserves(a, read(result), isStream),
        // A datagram that was lost in the kernel is not there any more.
        failed: () => isStream && !isLate && assert.equal(rest(a), TEXT),
      };
    },
  };
}

const into: readonly Program[] = ['recvInto', 'recvfromInto', 'recvmsgInto'].flatMap(name =>
  Object.entries(pairs).map(([kind, open]) => ({
    name: `${name}, ${kind}`,
    prepare(stage: Stage): Scene {
      const [a, b] = open(stage);
      writeSync(b.fd, TEXT);
      const memory = Buffer.alloc(100);
      const argument = name === 'recvmsgInto' ? [memory.subarray(0, 5), memory.subarray(5)] : memory;
      return {
        run: async () => await stage.call(a, name, [argument]),
        verify: (result: Loose) => {
          const size = typeof result === 'number' ? result : result.bytesRead;
          const text = memory.toString('latin1', 0, size);
          conserves(a, text, kind === 'TCP' || kind === 'Unix');
        },
      };
    },
  })),
);

const senders: readonly Program[] = Object.entries(pairs).flatMap(([kind, open]) => [
  {
    name: `send, ${kind}`,
    prepare(stage: Stage): Scene {
      const [a, b] = open(stage);
      return {
        run: async () => await stage.call(a, 'send', [TEXT]),
        verify: sent => assert.equal(rest(b), TEXT.slice(0, sent as number)),
        failed: () => assert.equal(rest(b), ''),
      };
    },
  },
  {
    name: `sendAll, ${kind}`,
    prepare(stage: Stage): Scene {
      const [a, b] = open(stage);
      return {
        run: async () => await stage.call(a, 'sendAll', [TEXT]),
        verify: () => assert.equal(rest(b), TEXT),
        failed: error => {
          const { bytesTransferred = 0 } = error as { bytesTransferred?: number };
          assert.equal(rest(b), TEXT.slice(0, bytesTransferred), 'bytesTransferred is what was sent');
        },
      };
    },
  },
  {
    name: `sendmsg of 20 buffers, ${kind}`,
    prepare(stage: Stage): Scene {
      const [a, b] = open(stage);
      const buffers = Array.from({ length: 20 }, (_, i) => Buffer.from([97 + i]));
      return {
        run: async () => await stage.call(a, 'sendmsg', [{ data: buffers }]),
        verify: sent => assert.equal(rest(b), 'abcdefghijklmnopqrst'.slice(0, sent as number)),
        failed: () => assert.equal(rest(b), ''),
      };
    },
  },
]);

/** Programs with a shape of their own. */
const others: readonly Program[] = [
  {
    name: 'sendto, UDP',
    prepare(stage): Scene {
      const [a, b] = stage.udp();
      a.connectSync({ family: 'unspec' });
      const from = a.getsockname();
      b.connectSync(from);
      return {
        run: async () => await stage.call(a, 'sendto', [TEXT, b.getsockname()]),
        failed: () => assert.equal(rest(b as Any), ''),
      };
    },
  },
  {
    name: 'sendto a host name, UDP',
    prepare(stage): Scene {
      const [a, b] = stage.udp();
      const { port } = b.getsockname();
      return { run: async () => await stage.call(a, 'sendto', [TEXT, { host: 'localhost', port }]) };
    },
  },
  {
    name: 'sendAll of 2 MiB, TCP',
    forms: ['promise'],
    prepare(stage): Scene {
      const [a, b] = stage.tcp();
      const drain = drainOf(b as Any);
      const total = 2 ** 21;
      return {
        run: async () => {
          const sending = stage.call(a, 'sendAll', [Buffer.alloc(total, 'x')]);
          const timer = setInterval(drain, 1); // the peer is in this thread
          try {
            return await sending;
          } finally {
            clearInterval(timer);
          }
        },
        verify: () => assert.equal(drain(), total),
        failed: error => assert.equal(drain(), (error as Loose).bytesTransferred ?? 0),
      };
    },
  },
  {
    name: 'recv with MSG_WAITALL, Unix',
    prepare(stage): Scene {
      const [a, b] = stage.pair();
      writeSync(b.fd, TEXT);
      return {
        run: async () => await stage.call(a, 'recv', [TEXT.length], { flags: MSG_WAITALL }),
        verify: result => assert.equal(String(result), TEXT),
        failed: () => assert.equal(rest(a as Any), TEXT),
      };
    },
  },
  {
    name: 'recv with MSG_PEEK, TCP',
    prepare(stage): Scene {
      const [a, b] = stage.tcp();
      writeSync(b.fd, TEXT);
      return {
        run: async () => await stage.call(a, 'recv', [100], { flags: MSG_PEEK }),
        verify: () => assert.equal(rest(a as Any), TEXT),
        failed: () => assert.equal(rest(a as Any), TEXT),
      };
    },
  },
  {
    name: 'recv that times out, Unix',
    codes: ['ETIMEDOUT'],
    prepare(stage): Scene {
      const [a] = stage.pair();
      return { run: async () => await stage.call(a, 'recv', [9], { timeout: 3 }) };
    },
  },
  {
    name: 'recv at the end, TCP',
    prepare(stage): Scene {
      const [a, b] = stage.tcp();
      b.shutdown(1 as Loose);
      return {
        run: async () => await stage.call(a, 'recv', [9]),
        verify: result => assert.equal((result as Buffer).length, 0),
      };
    },
  },
  {
    name: 'recv beside an event of another socket, Unix',
    forms: ['promise'],
    codes: ['ETIMEDOUT'],
    prepare(stage): Scene {
      const [other, its] = stage.pair();
      const [a] = stage.pair();
      return {
        run: async () => {
          const first = stage.call(other, 'recv', [9]);
          const second = stage.call(a, 'recv', [9], { timeout: 10 });
          stage.soon(() => writeSync(its.fd, TEXT));
          await Promise.all([first, second]);
        },
      };
    },
  },
];

/** The programs of this file. */
export const data: readonly Program[] = [
  ...Object.keys(pairs).flatMap(kind =>
    receiving.flatMap(([name, read]) => [
      receiver(kind, name, read, false),
      receiver(kind, name, read, true),
    ]),
  ),
  ...into,
  ...senders,
  ...others,
];
