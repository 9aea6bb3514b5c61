/** The addon over the scripted kernel: the functions that sockets and the reactor call. */
import { join } from 'node:path';
import { root } from '../../../tables/root.js';
import { EAGAIN, EBADF, Kernel, OpenFile } from './kernel.js';

const MSG_PEEK = 2;
const SO_ERROR = 4;
const SO_RCVLOWAT = 18;
const AF_UNIX = 1;
const SOCK_STREAM = 1;

/** The layout of the memory that both sides share. */
const WORDS = 8;
const ADDRESS_LENGTH_WORD = 7;
const ADDRESS_MAX = 128;
const EVENTS_OFFSET = 4 * WORDS + ADDRESS_MAX;
const EVENTS_MAX = 16;
const CALLING = 4;
const KEEP = 5;

const memory = new ArrayBuffer(EVENTS_OFFSET + 8 * EVENTS_MAX);
const words = new Int32Array(memory, 0, WORDS);
const events = new Int32Array(memory, EVENTS_OFFSET, 2 * EVENTS_MAX);

/** The kernel of the current run. */
let kernel = new Kernel();
let onEvents: ((count: number) => void) | undefined;
/** Whether the poller is watched by a thread of its own, which reports once and is then armed again. */
let isByThread = false;
let isArmed = false;
let isHeld = false;

/** Starts a run with a new kernel. */
export function boot(): Kernel {
  kernel = new Kernel();
  return kernel;
}

/** Whether a waiting call keeps the process alive. */
export function keepsAlive(): boolean {
  return isHeld || words[KEEP] === 1;
}

function publish(): number {
  const pairs = kernel.collect(EVENTS_MAX);
  pairs.flat().forEach((word, i) => {
    events[i] = word;
  });
  return pairs.length;
}

/** Wakes the thread, if there are events and the poller is watched. */
export function deliver(): void {
  if (onEvents === undefined || (isByThread && !isArmed) || !kernel.hasEvents) return;
  isArmed = false;
  const count = publish();
  if (count === 0 && !isByThread) return;
  words[CALLING] = 1;
  onEvents(count);
  words[CALLING] = 0;
  isHeld = words[KEEP] === 1;
}

/** Tells the thread that the poller has failed, which is final. */
export function failPoller(errno: number): void {
  onEvents?.(errno);
}

function withFile<T>(fd: number, use: (file: OpenFile) => T): T | number {
  kernel.calls++;
  const file = kernel.files.get(fd);
  return file === undefined ? EBADF : use(file);
}

const done = (): number => 0;

/** A call that needs another function fails with its name. */
const functions = {
  memory,
  addressOffset: 4 * WORDS,
  addressLengthWord: ADDRESS_LENGTH_WORD,
  addressMax: ADDRESS_MAX,
  eventsOffset: EVENTS_OFFSET,
  eventsMax: EVENTS_MAX,
  batchMax: 16,
  batchNameSize: 128,
  own: done,
  disown: done,
  socket(family: number, type: number): number {
    const kind = type !== SOCK_STREAM ? 'datagram' : family === AF_UNIX ? 'unix' : 'tcp';
    return kernel.open(new OpenFile(kind));
  },
  close: (fd: number) => kernel.close(fd),
  setNonblocking: done,
  getNonblocking: () => 1,
  setInheritable: done,
  recv: (fd: number, into: Uint8Array, flags: number) =>
    withFile(fd, file => kernel.receive(file, into, (flags & MSG_PEEK) !== 0)),
  send: (fd: number, data: Uint8Array) => withFile(fd, file => kernel.send(file, data)),
  accept: (fd: number) =>
    withFile(fd, file => {
      words[ADDRESS_LENGTH_WORD] = 0;
      if (file.available === 0) return EAGAIN;
      file.taken++;
      const connection = new OpenFile('tcp');
      connection.arrived = 1; // the byte tells which connection it is
      return kernel.open(connection);
    }),
  wait: (fd: number, wanted: number, milliseconds: number) => kernel.wait(fd, wanted, milliseconds),
  getsockoptInt: (fd: number, _level: number, name: number) =>
    withFile(fd, file => {
      words[0] = name === SO_ERROR ? -file.errno : name === SO_RCVLOWAT ? 1 : 0;
      return 4;
    }),
  getsockopt: () => -92, // ENOPROTOOPT
  getsockname: () => -9, // EBADF: advice asks for the own address of a socket that was never connected
  pollerOpen(callback: (count: number) => void, kind: number): number {
    onEvents = callback;
    isByThread = kind === 1;
    return 3;
  },
  pollerHold(hold: number): number {
    isHeld = hold === 1;
    return 0;
  },
  pollerArm(): number {
    isArmed = true;
    return 0;
  },
  pollerAdd: (_poller: number, fd: number, id: number, mask: number) => kernel.add(fd, id, mask & 0xffff),
  pollerModify: (_poller: number, fd: number, id: number, mask: number) =>
    kernel.modify(fd, id, mask & 0xffff),
  pollerRemove: (_poller: number, fd: number) => kernel.remove(fd),
  pollerCollect: () => publish(),
};

/** Makes the package load this addon. */
export function install(): void {
  Object.assign(globalThis, { [Symbol.for('berkeley.scripted-addon')]: { open: () => functions } });
  process.env.BERKELEY_BINDING = join(root, 'test/attack/model/binding.cjs');
}
