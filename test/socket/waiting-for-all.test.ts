/**
 * recvmsg with MSG_WAITALL. If a call may block, the kernel waits for all data. With promises and in timeout
 * mode this package waits, and the result has to be the same.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import {
  CMSG_SPACE,
  close,
  createConnection,
  createServer,
  MSG_PEEK,
  MSG_WAITALL,
  SO_PASSCRED,
  SOL_SOCKET,
  type Socket,
  socketpair,
} from 'berkeley';
import { SO_TIMESTAMPNS } from 'berkeley/constants';
import { credentials, rights } from 'berkeley/control';
import { binding } from '#src/binding.js';
import { notOnWindows } from '../support/kernel.js';
import { Program } from '../support/program.js';
import { besideSource, python, withoutPython } from '../support/python.js';

const program = besideSource('waiting-for-all.py', import.meta.url);
const ROOM = 512;
const LONG = 10_000;

interface Step {
  readonly data: string;
  readonly fds?: number;
  readonly other?: boolean;
}

/** The result of a receive, without what varies between runs. */
interface Piece {
  readonly data: string;
  readonly flags: number;
  readonly fds: number;
  /** The process that wrote it. 0 is the kernel, at the end of the stream. */
  readonly writer: number | undefined;
}

type Receive = (socket: Socket<'unix'>, size: number, room: number) => Promise<Piece>;
type Received = { flags: number; control: readonly { level: number; type: number; data: Buffer }[] };

let writers: number[] = [];

function piece(data: Buffer, { flags, control }: Received): Piece {
  const fds = rights.find(control) ?? [];
  for (const fd of fds) close(fd);
  const pid = credentials.find(control)?.pid;
  if (pid && !writers.includes(pid)) writers.push(pid);
  return {
    data: data.toString(),
    flags,
    fds: fds.length,
    writer: pid === undefined ? undefined : writers.indexOf(pid) + 1,
  };
}

/** Two buffers, so that pieces end within the first and continue in the second. */
const halves = (size: number): Buffer[] => [
  Buffer.alloc(Math.floor(size / 2)),
  Buffer.alloc(Math.ceil(size / 2)),
];

/** Receives in this thread, in the mode that `timeout` selects. */
const inMode =
  (timeout: number | null): Receive =>
  async (socket, size, room) => {
    socket.timeout = timeout;
    const message = socket.recvmsgSync(size, { control: room, flags: MSG_WAITALL });
    return piece(message.data, message);
  };

const intoInMode =
  (timeout: number | null): Receive =>
  async (socket, size, room) => {
    socket.timeout = timeout;
    const buffers = halves(size);
    const message = socket.recvmsgIntoSync(buffers, { control: room, flags: MSG_WAITALL });
    return piece(Buffer.concat(buffers, message.bytesRead), message);
  };

const ours: readonly [string, Receive][] = [
  [
    'recvmsg',
    async (socket, size, room) => {
      const message = await socket.recvmsg(size, { control: room, flags: MSG_WAITALL });
      return piece(message.data, message);
    },
  ],
  [
    'recvmsgInto',
    async (socket, size, room) => {
      const buffers = halves(size);
      const message = await socket.recvmsgInto(buffers, { control: room, flags: MSG_WAITALL });
      return piece(Buffer.concat(buffers, message.bytesRead), message);
    },
  ],
  ['recvmsgSync in timeout mode', inMode(LONG)],
  ['recvmsgIntoSync in timeout mode', intoInMode(LONG)],
];

/** All results of a receiver, piece by piece, up to the end of the stream. */
async function run(
  receive: Receive,
  steps: readonly Step[],
  size: number,
  passcred: boolean,
): Promise<Piece[]> {
  const [mine, other] = socketpair();
  using socket = mine;
  if (passcred) socket.setsockopt(SOL_SOCKET, SO_PASSCRED, 1);
  using peer = new Program('Python', [python, program, JSON.stringify(steps)], {
    stdio: ['pipe', 'pipe', 'pipe', other.fd],
  });
  other.close();
  writers = [];
  const pieces: Piece[] = [];
  do pieces.push(await receive(socket, size, ROOM));
  while (pieces.at(-1)!.data !== '');
  await peer.end();
  return pieces;
}

/**
 * Returns the kernel's own result: the first that two calls have given. A signal ends a call with the data so far and
 * without its control data (`unix_stream_read_generic` in net/unix/af_unix.c), and any stop of the process counts as one,
 * such as that of a frozen control group. So one call alone proves nothing.
 */
async function kernelResult(steps: readonly Step[], size: number, passcred: boolean): Promise<Piece[]> {
  const results: Piece[][] = [];
  while (results.length < 10) {
    const pieces = await run(inMode(null), steps, size, passcred);
    if (results.some(other => isDeepStrictEqual(pieces, other))) return pieces;
    results.push(pieces);
  }
  throw new Error(`recvmsg has given ten results: ${JSON.stringify(results)}`);
}

const scenarios: readonly { name: string; size: number; steps: readonly Step[] }[] = [
  { name: 'pieces', size: 6, steps: [{ data: 'ab' }, { data: 'c' }, { data: 'defgh' }] },
  { name: 'the end in the middle', size: 6, steps: [{ data: 'ab' }, { data: 'c' }] },
  { name: 'descriptors with the first piece', size: 6, steps: [{ data: 'ab', fds: 2 }, { data: 'cdef' }] },
  {
    name: 'descriptors with a piece in the middle',
    size: 6,
    steps: [{ data: 'ab' }, { data: 'cd', fds: 1 }, { data: 'ef' }, { data: 'gh' }],
  },
  {
    name: 'descriptors with more than is received',
    size: 4,
    steps: [
      { data: 'abcdefgh', fds: 1 },
      { data: 'ij', fds: 2 },
    ],
  },
  {
    name: 'another writer in the middle',
    size: 6,
    steps: [{ data: 'ab' }, { data: 'cd', other: true }, { data: 'ef' }, { data: 'ghij' }],
  },
];

describe('recvmsg with MSG_WAITALL returns what the kernel would return', { skip: withoutPython }, () => {
  for (const { name, size, steps } of scenarios) {
    for (const passcred of [false, true]) {
      test(`${name}, ${passcred ? 'with' : 'without'} credentials`, async () => {
        const wanted = await kernelResult(steps, size, passcred);
        for (const [form, receive] of ours)
          assert.deepEqual(await run(receive, steps, size, passcred), wanted, form);
      });
    }
  }
});

for (const timeout of [null, LONG, undefined]) {
  const face = timeout === undefined ? 'promise' : `Sync, timeout ${timeout}`;
  test(`data that arrived at several times has one timestamp, ${face}`, {
    skip: withoutPython,
  }, async () => {
    using server = createServer({ host: '127.0.0.1', port: 0 });
    const connecting = createConnection(server.getsockname());
    using socket = (await server.accept()).socket;
    const other = await connecting;
    socket.setsockopt(SOL_SOCKET, SO_TIMESTAMPNS, 1);
    const steps = [{ data: 'ab' }, { data: 'cd' }, { data: 'ef' }];
    using peer = new Program('Python', [python, program, JSON.stringify(steps)], {
      stdio: ['pipe', 'pipe', 'pipe', other.fd],
    });
    other.close();
    if (timeout !== undefined) socket.timeout = timeout;
    const room = 2 * CMSG_SPACE(16);
    const { data, control, flags } =
      timeout === undefined
        ? await socket.recvmsg(6, { control: room, flags: MSG_WAITALL })
        : socket.recvmsgSync(6, { control: room, flags: MSG_WAITALL });
    assert.deepEqual([String(data), control.length, flags], ['abcdef', 1, 0]);
    await peer.end();
  });
}

const skip = notOnWindows('the credentials of a sender (SO_PASSCRED)');
test('data of another writer that arrives after the look at the next data is not joined', {
  skip,
}, async t => {
  const [socket, other] = socketpair();
  t.after(() => socket.close());
  socket.setsockopt(SOL_SOCKET, SO_PASSCRED, 1);
  other.sendSync('ab');
  const { recvmsg } = binding;
  t.after(() => {
    binding.recvmsg = recvmsg;
  });
  binding.recvmsg = (fd, buffers, control, flags) => {
    const result = recvmsg(fd, buffers, control, flags);
    if ((flags & MSG_PEEK) === 0 || result >= 0 || other.closed) return result;
    const writer = spawnSync('sh', ['-c', 'printf cd >&3'], {
      stdio: ['ignore', 'ignore', 'inherit', other.fd],
    });
    assert.equal(writer.status, 0);
    other.close();
    return result;
  };
  writers = [];
  const pieces: Piece[] = [];
  for (let i = 0; i < 3; i++) {
    const message = await socket.recvmsg(6, { control: ROOM, flags: MSG_WAITALL });
    pieces.push(piece(message.data, message));
  }
  assert.deepEqual(
    pieces.map(({ data, writer }) => [data, writer]),
    [
      ['ab', 1],
      ['cd', 2],
      ['', 0],
    ],
  );
});
