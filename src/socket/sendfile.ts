/** Sends files: sendfile(2), and other system calls for other types of files; see sendfile-source.ts. */
import { binding } from '../binding.js';
import { checkInteger, invalidValue } from '../errors/argument.js';
import { EAGAIN, EBADF, ETIMEDOUT } from '../errors/codes.js';
import { SocketError, socketError } from '../errors/errors.js';
import { type Descriptor, descriptorNumber, handleOfDescriptor } from '../message/descriptors.js';
import { type EventMask, POLLIN, POLLOUT } from '../reactor/events.js';
import { type Operation, YIELD } from '../reactor/operation.js';
import { PollHandle } from '../reactor/poll-handle.js';
import type { SyncWaitOptions, WaitOptions } from '../reactor/wait-options.js';
import { block } from './block.js';
import { type Call, type Form, optionsOf, PROMISE, parseCall, SYNC, waitKeys } from './call.js';
import { checkStream } from './check-stream.js';
import type { AnyCore } from './core.js';
import { closeDuplicate, duplicate, duplicateFile } from './duplicate.js';
import { SocketOperation } from './operation.js';
import { drive } from './run.js';
import { Output, openSource, type Source } from './sendfile-source.js';

/** The part of a file to send. */
interface FilePart {
  /** The position of the first byte to send; 0, the beginning of the file, by default. */
  readonly offset?: number | undefined;
  /** The number of bytes to send, at least 1; up to the end of the file by default. */
  readonly count?: number | undefined;
}

/** The options of `sendfile`: the part of the file, and the limit and the signal of the whole call. */
export interface SendfileOptions extends WaitOptions, FilePart {}
/** The options of `sendfileSync`: the part of the file, and the limit of the whole call. */
export interface SyncSendfileOptions extends SyncWaitOptions, FilePart {}

const KEYS = waitKeys('offset', 'count');

/** The number of system calls per attempt, before other sockets are served. */
const SHARE = 4;
/**
 * Sends bytes until the end of the file, or until `count` bytes are sent. It stays first in its lane until then, so
 * that other data is never sent in between.
 */
class Sendfile extends SocketOperation<number> {
  readonly direction: EventMask = POLLOUT;
  /** Whether an attempt was made. */
  isStarted = false;
  #sent = 0;

  /** @param onEmpty called when the file has no data yet */
  constructor(
    core: AnyCore,
    call: Call,
    private source: Source,
    private readonly count: number,
    private readonly onEmpty: (source: Source) => number = () => EAGAIN,
  ) {
    super(core, call);
  }

  /** The number of bytes sent so far. */
  get sent(): number {
    return this.#sent;
  }

  get progress(): number {
    return this.#sent;
  }

  get syscall(): string {
    return this.source.syscall;
  }

  /** The file descriptor that the call waits for. While the file has no data, events of the socket are not relevant. */
  get waitsFor(): number | undefined {
    return this.source.isEmpty ? this.source.fd : undefined;
  }

  attempt(): number {
    this.isStarted = true;
    for (let step = 0; step < SHARE; step++) {
      const left = this.count - this.#sent;
      const moved = this.#move(left);
      if (moved < 0) return this.source.isEmpty ? this.onEmpty(this.source) : moved;
      this.#sent += moved;
      if (moved === 0 || moved === left) return this.#sent;
    }
    return YIELD;
  }

  #move(left: number): number {
    const moved = this.source.move(left);
    const other = moved < 0 && this.#sent === 0 ? this.source.otherwise(moved) : undefined;
    if (other === undefined) return moved;
    this.source = other;
    return other.move(left);
  }

  /** Returns false while the file has no data: the socket is still ready for the next call in the lane. */
  override drained(result: number): boolean {
    return result < 0 && !this.source.isEmpty;
  }

  finish(): number {
    return this.#sent;
  }

  protected override note(error: SocketError): SocketError {
    const { unsent } = this.source;
    error.bytesTransferred = this.#sent;
    if (unsent.length > 0) error.unsent = Buffer.from(unsent);
    return error;
  }
}

/** The checked arguments of a call. */
interface Request {
  readonly call: Call;
  readonly fd: number;
  readonly offset: number;
  readonly count: number;
  /** The handle of the file, if it is a Socket, which can have pending input. */
  readonly handle: PollHandle | undefined;
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
  return { call, fd, offset, count: count ?? Number.POSITIVE_INFINITY, handle: handleOfDescriptor(file) };
}

/** Sets the file position after the last byte that was sent, as in Python. */
function settlePosition(operation: Sendfile, fd: number, start: number | undefined): void {
  if (operation.isStarted && start !== undefined) binding.seek(fd, start + operation.sent);
}

/** Implements `sendfileSync`. */
export function sendfileSync(
  core: AnyCore,
  file: Descriptor,
  options: SyncSendfileOptions | undefined,
): number {
  const { call, fd, offset, count, handle } = checkRequest(core, SYNC, file, options as SendfileOptions);
  if (call.timeout === 0) throw invalidValue('timeout', 'must not be 0 for sendfileSync', call.timeout);
  const { source, start } = openSource(fd, offset, new Output(core, call.added), handle);
  const operation = new Sendfile(core, call, source, count);
  try {
    return block(core, operation);
  } finally {
    settlePosition(operation, fd, start);
  }
}

/** Implements `sendfile`. */
export async function sendfile(
  core: AnyCore,
  file: Descriptor,
  options: SendfileOptions | undefined,
): Promise<number> {
  const { call, fd, offset, count, handle } = checkRequest(core, PROMISE, file, options);
  const copy = new PollHandle(handle === undefined ? duplicateFile(fd) : duplicate(fd));
  // The call waits in the lane of the socket, which determines whether it keeps the process alive.
  copy.isRef = false;
  try {
    const { source, start } = openSource(copy.fd, offset, new Output(core, call.added), handle);
    const wake = (): void => core.handle.output.wake();
    const operation = new Sendfile(core, call, source, count, waiterFor(copy, wake));
    try {
      return await drive(core, operation);
    } finally {
      settlePosition(operation, copy.fd, start);
    }
  } finally {
    closeDuplicate(copy.retire());
  }
}

/**
 * Creates a function that waits for a file and calls `wake` when the file has data. The function returns `EAGAIN`, or
 * the error of a file that does not support polling.
 */
function waiterFor(file: PollHandle, wake: () => void): (source: Source) => number {
  let failure = 0;
  const failed = (error: unknown): void => {
    if (file.fd < 0) return; // closed: nobody waits for it any more
    failure = error instanceof SocketError ? error.errno : EBADF;
    wake();
  };
  return source => {
    if (failure === 0 && !file.isBusy(POLLIN)) file.run(awaiting(source)).then(wake, failed);
    return failure || EAGAIN;
  };
}

/** Waits until a file has data or has ended. */
function awaiting(source: Source): Operation<void> {
  const fail = (errno: number): Error => socketError(errno, { syscall: 'poll' });
  return {
    direction: POLLIN,
    wait: { timeout: null, signal: undefined },
    attempt: () => source.poll() || EAGAIN,
    finish: () => undefined,
    fail,
    expired: () => fail(ETIMEDOUT),
    closed: () => fail(EBADF),
    drained: () => false,
  };
}
