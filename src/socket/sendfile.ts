/** Sending files: sendfile(2), and other calls for what is not a regular file; see sendfile-source.ts. */
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
import { closeDuplicate, duplicate } from './duplicate.js';
import { SocketOperation } from './operation.js';
import { drive } from './run.js';
import { Output, openSource, type Source } from './sendfile-source.js';

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
/**
 * Moves bytes until the end of the file, or until `count` bytes are sent. It keeps its place in the lane until then, so that
 * no other data gets in between.
 */
class Sendfile extends SocketOperation<number> {
  readonly direction: EventMask = POLLOUT;
  /** Whether anything was tried yet. */
  isStarted = false;
  #sent = 0;

  /** @param onEmpty called when the file has nothing yet */
  constructor(
    core: AnyCore,
    call: Call,
    private source: Source,
    private readonly count: number,
    private readonly onEmpty: (source: Source) => number = () => EAGAIN,
  ) {
    super(core, call);
  }

  /** How many bytes were sent so far. */
  get sent(): number {
    return this.#sent;
  }

  get progress(): number {
    return this.#sent;
  }

  get syscall(): string {
    return this.source.syscall;
  }

  /** While the file has nothing, an event of the socket would say nothing. */
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

  /** While the file has nothing the socket is still ready, for the calls behind this one when it ends. */
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

/** What is to be sent, checked. */
interface Request {
  readonly call: Call;
  readonly fd: number;
  readonly offset: number;
  readonly count: number;
  /** The handle of the file, where it is a Socket: it can have pending input. */
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

/** Leaves the file's position behind the last byte that was sent, as the specification has it. */
function settlePosition(operation: Sendfile, fd: number, start: number | undefined): void {
  if (operation.isStarted && start !== undefined) binding.seek(fd, start + operation.sent);
}

/** `sendfileSync`. */
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

/** `sendfile`. */
export async function sendfile(
  core: AnyCore,
  file: Descriptor,
  options: SendfileOptions | undefined,
): Promise<number> {
  const { call, fd, offset, count, handle } = checkRequest(core, PROMISE, file, options);
  const copy = new PollHandle(duplicate(fd));
  // Whether the process stays alive is up to the socket, in whose lane the call waits all the time.
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
 * Makes the function that waits for a file: it calls `wake` when the file has something. It returns `EAGAIN`, or the error
 * of a file that cannot be waited for.
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

/** Waits until a file has something, or has ended. */
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
