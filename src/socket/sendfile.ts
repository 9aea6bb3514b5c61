/** Sending files: sendfile(2), and read(2) with send(2) for what is not a regular file. */
import { binding } from '../binding.js';
import { MSG_DONTWAIT } from '../constants/socket.js';
import { checkInteger, invalidValue } from '../errors/argument.js';
import { EAGAIN, EBADF, ETIMEDOUT, errnoNumber } from '../errors/codes.js';
import { checked, SocketError, socketError } from '../errors/errors.js';
import { type Descriptor, descriptorNumber } from '../message/descriptors.js';
import { type EventMask, POLLIN, POLLOUT } from '../reactor/events.js';
import { type Operation, YIELD } from '../reactor/operation.js';
import { PollHandle } from '../reactor/poll-handle.js';
import type { SyncWaitOptions, WaitOptions } from '../reactor/wait-options.js';
import { type Call, type Form, optionsOf, PROMISE, parseCall, SYNC, waitKeys } from './call.js';
import { checkStream } from './check-stream.js';
import type { AnyCore } from './core.js';
import { closeDuplicate, duplicate } from './duplicate.js';
import { SocketOperation } from './operation.js';
import { block, drive } from './run.js';

/** Which part of a file to send. */
interface FilePart {
  /** Where in the file to start, in bytes from its beginning; 0 by default. */
  readonly offset?: number | undefined;
  /** How many bytes to send, 1 or more; all to the end of the file by default. */
  readonly count?: number | undefined;
}

/** Which part of a file `sendfile` sends, and how long it can wait for the whole. */
export interface SendfileOptions extends WaitOptions, FilePart {}
/** Which part of a file `sendfileSync` sends, and how long it can wait for the whole. */
export interface SyncSendfileOptions extends SyncWaitOptions, FilePart {}

const KEYS = waitKeys('offset', 'count');

/** How many system calls one attempt makes before other sockets have their turn. */
const SHARE = 4;
/** The most that one sendfile(2) moves: MAX_RW_COUNT of the kernel's include/linux/fs.h. */
const MOST = 0x7ffff000;
/** The most in promise calls, where one attempt should stay short: about a quarter of a millisecond. */
const SHORT = 1 << 20;
const CHUNK = 65536;

const ESPIPE = errnoNumber('ESPIPE');

/** sendfile(2) returns these for what is no file that it can send, but can be read all the same. */
const otherKinds = new Set(['EINVAL', 'ENOSYS', 'ENOTSUP', 'ESPIPE'].map(errnoNumber));

/** The file to be sent. */
interface Source {
  readonly fd: number;
  /** Where it starts, in bytes; `undefined` for what has no positions: pipes, sockets, terminals. */
  readonly start: number | undefined;
  /** Reads at `position`: 0 is the end; `EAGAIN`: it wakes the lane when there is something. */
  read(into: Uint8Array, position: number | undefined): number;
}

/** Makes the system calls, with or without waiting in them. */
interface Mover {
  readonly most: number;
  readonly flags: number;
  sendfile(fd: number, file: number, offset: number, count: number): number;
}

/** On a blocking descriptor this waits in the kernel until all is sent. */
const waiting: Mover = {
  most: MOST,
  flags: 0,
  sendfile: (fd, file, offset, count) => binding.sendfile(fd, file, offset, count),
};

/**
 * sendfile(2) has no flag for "do not wait": the descriptor itself has to say it, and does so only during the call, so that
 * everything else that uses the socket finds the mode it expects.
 */
const notWaiting: Mover = {
  most: SHORT,
  flags: MSG_DONTWAIT,
  sendfile(fd, file, offset, count) {
    const blocks = binding.getNonblocking(fd) === 0;
    if (blocks) binding.setNonblocking(fd, 1);
    const result = binding.sendfile(fd, file, offset, count);
    if (blocks) binding.setNonblocking(fd, 0);
    return result;
  },
};

/**
 * sendfile(2) until the end of the file, or until `count` bytes are sent; where the file is of a kind that sendfile does
 * not take (a pipe, a file of /proc), read(2) and send(2) in turns. It keeps its place in the lane until then.
 */
class Sendfile extends SocketOperation<number> {
  readonly direction: EventMask = POLLOUT;
  /** Whether anything was tried yet. */
  isStarted = false;
  #sent = 0;
  #syscall = 'sendfile';
  #memory: Uint8Array | undefined;
  /** What was read and is not sent yet. */
  #unsent: Uint8Array = new Uint8Array(0);

  constructor(
    core: AnyCore,
    call: Call,
    private readonly file: Source,
    private readonly count: number,
    private readonly mover: Mover,
  ) {
    super(core, call);
    if (file.start === undefined) this.#copyFromNowOn();
  }

  /** How many bytes were sent so far. */
  get sent(): number {
    return this.#sent;
  }

  get progress(): number {
    return this.#sent;
  }

  get syscall(): string {
    return this.#syscall;
  }

  attempt(): number {
    this.isStarted = true;
    for (let step = 0; step < SHARE; step++) {
      const left = this.count - this.#sent;
      const moved = this.#memory === undefined ? this.#move(left) : this.#copy(this.#memory, left);
      if (moved < 0) return moved;
      this.#sent += moved;
      if (moved === 0 || moved === left) return this.#sent;
    }
    return YIELD;
  }

  finish(): number {
    return this.#sent;
  }

  protected override note(error: SocketError): SocketError {
    error.bytesTransferred = this.#sent;
    return error;
  }

  #position(): number | undefined {
    return this.file.start === undefined ? undefined : this.file.start + this.#sent;
  }

  #move(left: number): number {
    const { file, mover } = this;
    const moved = mover.sendfile(this.core.fd, file.fd, this.#position()!, Math.min(left, mover.most));
    if (!otherKinds.has(moved) || this.#sent > 0) return moved;
    return this.#copy(this.#copyFromNowOn(), left);
  }

  #copyFromNowOn(): Uint8Array {
    this.#memory = Buffer.allocUnsafeSlow(CHUNK);
    return this.#memory;
  }

  #copy(memory: Uint8Array, left: number): number {
    if (this.#unsent.length === 0) {
      this.#syscall = 'read';
      const size = Math.min(left, memory.length);
      const count = this.file.read(memory.subarray(0, size), this.#position());
      if (count <= 0) return count;
      this.#unsent = memory.subarray(0, count);
    }
    this.#syscall = 'send';
    const sent = binding.send(this.core.fd, this.#unsent, this.mover.flags);
    if (sent > 0) this.#unsent = this.#unsent.subarray(sent);
    return sent;
  }
}

/** What is to be sent, checked. */
interface Request {
  readonly call: Call;
  readonly fd: number;
  readonly offset: number;
  readonly count: number;
}

function checkRequest(
  core: AnyCore,
  form: Form,
  file: Descriptor,
  options: SendfileOptions | undefined,
): Request {
  checkStream(core, form.isSync ? 'sendfileSync' : 'sendfile');
  const call = parseCall(core, form, options, KEYS);
  const { offset = 0, count } = optionsOf<SendfileOptions>(options);
  checkInteger(offset, 'options.offset', 0, Number.MAX_SAFE_INTEGER);
  if (count !== undefined) checkInteger(count, 'options.count', 1, Number.MAX_SAFE_INTEGER);
  const fd = descriptorNumber(file, 'file'); // last: reading the options could close it
  if (core.fd < 0) throw socketError(EBADF, { syscall: 'sendfile' });
  return { call, fd, offset, count: count ?? Number.POSITIVE_INFINITY };
}

/** Returns where reading starts: `undefined` if the file has no positions, which is an error only if one was given. */
function startOf(fd: number, offset: number): number | undefined {
  const result = binding.seek(fd, offset);
  if (result === ESPIPE && offset === 0) return undefined;
  checked(result, 'lseek');
  return offset;
}

/** A file that is read in the calling thread. `wait` is asked before each read, since there might be nothing yet. */
function sourceOf({ fd, offset }: Request, wait: () => number): Source {
  return {
    fd,
    start: startOf(fd, offset),
    read(into, position = -1) {
      for (;;) {
        const ready = wait();
        const result = ready < 0 ? ready : binding.read(fd, into, position);
        if (result !== EAGAIN || ready === EAGAIN) return result;
      }
    },
  };
}

/** Leaves the file's position behind the last byte that was sent, as the specification has it. */
function settlePosition(operation: Sendfile, { fd, start }: Source): void {
  if (operation.isStarted && start !== undefined) binding.seek(fd, start + operation.sent);
}

/** `sendfileSync`. */
export function sendfileSync(
  core: AnyCore,
  file: Descriptor,
  options: SyncSendfileOptions | undefined,
): number {
  const request = checkRequest(core, SYNC, file, options as SendfileOptions);
  const { timeout, added } = request.call;
  if (timeout === 0) throw invalidValue('timeout', 'must not be 0 for sendfileSync', timeout);
  const deadline = timeout === null ? Number.POSITIVE_INFINITY : performance.now() + timeout;
  const source = sourceOf(request, () => {
    const left = timeout === null ? -1 : Math.max(0, deadline - performance.now());
    return binding.wait(request.fd, POLLIN, left) || ETIMEDOUT;
  });
  const operation = new Sendfile(
    core,
    request.call,
    source,
    request.count,
    added === 0 ? waiting : notWaiting,
  );
  try {
    return block(core, operation);
  } finally {
    settlePosition(operation, source);
  }
}

/** `sendfile`. */
export async function sendfile(
  core: AnyCore,
  file: Descriptor,
  options: SendfileOptions | undefined,
): Promise<number> {
  const request = checkRequest(core, PROMISE, file, options);
  const handle = new PollHandle(duplicate(request.fd));
  handle.isRef = core.handle.isRef;
  try {
    const wake = (): void => core.handle.output.wake();
    const source = sourceOf({ ...request, fd: handle.fd }, readable(handle, wake));
    const operation = new Sendfile(core, request.call, source, request.count, notWaiting);
    try {
      return await drive(core, operation);
    } finally {
      settlePosition(operation, source);
    }
  } finally {
    closeDuplicate(handle.retire());
  }
}

/** Asks for the events of a file: they are returned when it can be read, else `EAGAIN`, and `wake` is called later. */
function readable(file: PollHandle, wake: () => void): () => number {
  let failure = 0;
  const attempt = (): number => failure || binding.wait(file.fd, POLLIN, 0) || EAGAIN;
  const fail = (errno: number): Error => socketError(errno, { syscall: 'poll' });
  const wait: Operation<void> = {
    direction: POLLIN,
    wait: { timeout: null, signal: undefined },
    attempt,
    finish: () => undefined,
    fail,
    expired: () => fail(ETIMEDOUT),
    closed: () => fail(EBADF),
    drained: () => false,
  };
  const failed = (error: unknown): void => {
    if (file.fd < 0) return; // closed: nobody waits for it any more
    failure = error instanceof SocketError ? error.errno : EBADF;
    wake();
  };
  return () => {
    const ready = attempt();
    if (ready === EAGAIN && !file.isBusy(POLLIN)) file.run(wait).then(wake, failed);
    return ready;
  };
}
