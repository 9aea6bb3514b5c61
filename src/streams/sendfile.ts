/** Sending files: what is asked for, the file that is opened to it, and the position that is left behind. */

import { binding } from '../binding.js';
import { checkInteger, checkObject, invalidValue } from '../errors/argument.js';
import { EAGAIN, EBADF, ETIMEDOUT, errnoNumber } from '../errors/codes.js';
import { checked, SocketError, socketError } from '../errors/errors.js';
import { type Descriptor, descriptorNumber } from '../message/descriptors.js';
import { POLLIN } from '../reactor/events.js';
import type { Operation } from '../reactor/operation.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { Waitable } from '../reactor/waitable.js';
import { notWaiting, Sendfile, type Source, waiting } from '../socket/operations/sendfile.js';
import type { Target } from '../socket/operations/socket-operation.js';
import { checkStream } from './check-stream.js';
import { closeDuplicate, duplicate } from './duplicate.js';

/** Which part of a file to send. */
export interface SendfileSyncOptions {
  /** Where in the file to start, in bytes from its beginning; 0 by default. */
  readonly offset?: number | undefined;
  /** How many bytes to send, 1 or more; all to the end of the file by default. */
  readonly count?: number | undefined;
}

/** Which part of a file to send, and how long to wait for the whole. */
export interface SendfileOptions extends SendfileSyncOptions, WaitOptions {}

/** What sending a file needs of its socket. */
interface Sender extends Target {
  readonly type: number;
  readonly timeout: number | null;
  readonly closed: boolean;
}

const ESPIPE = errnoNumber('ESPIPE');

interface Request {
  readonly fd: number;
  readonly offset: number;
  readonly count: number;
}

function checkRequest(
  socket: Sender,
  file: Descriptor,
  options: SendfileSyncOptions,
  method: string,
): Request {
  checkStream(socket, method);
  const fd = descriptorNumber(file, 'file');
  const { offset = 0, count } = checkObject(options, 'options') as SendfileSyncOptions;
  checkInteger(offset, 'options.offset', 0, Number.MAX_SAFE_INTEGER);
  if (count !== undefined) checkInteger(count, 'options.count', 1, Number.MAX_SAFE_INTEGER);
  if (socket.closed) throw socketError(EBADF, { syscall: 'sendfile' });
  return { fd, offset, count: count ?? Number.POSITIVE_INFINITY };
}

/** Where reading starts: `undefined` if the file has no positions, which is an error only if one was asked for. */
function startOf(fd: number, offset: number): number | undefined {
  const result = binding.seek(fd, offset);
  if (result === ESPIPE && offset === 0) return undefined;
  checked(result, 'lseek');
  return offset;
}

/** A file that is read in the calling thread; `wait` is asked before each read, since there may be nothing yet. */
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
function settle(operation: Sendfile, { fd, start }: Source): void {
  if (operation.started && start !== undefined) binding.seek(fd, start + operation.sent);
}

/** `sendfile` in the calling thread. */
export function sendfileSync(
  socket: Sender,
  file: Descriptor,
  options: SendfileSyncOptions,
  drive: (operation: Operation<number>) => number,
): number {
  const request = checkRequest(socket, file, options, 'sendfileSync');
  const { timeout } = socket;
  if (timeout === 0) throw invalidValue('socket.timeout', 'must not be 0 for sendfileSync', timeout);
  const deadline = timeout === null ? Number.POSITIVE_INFINITY : performance.now() + timeout;
  const source = sourceOf(request, () => {
    const left = timeout === null ? -1 : Math.max(0, deadline - performance.now());
    return binding.wait(request.fd, POLLIN, left) || ETIMEDOUT;
  });
  const operation = new Sendfile(socket, source, request.count, waiting);
  try {
    return drive(operation);
  } finally {
    settle(operation, source);
  }
}

/** `sendfile`, by turns with everything else that the thread does. */
export async function sendfile(
  socket: Sender,
  file: Descriptor,
  options: SendfileOptions,
  drive: (operation: Operation<number>) => Promise<number>,
): Promise<number> {
  const request = checkRequest(socket, file, options, 'sendfile');
  const waitable = new Waitable(duplicate(request.fd));
  waitable.isRef = socket.waitable.isRef;
  try {
    const wake = (): void => socket.waitable.output.wake();
    const source = sourceOf({ ...request, fd: waitable.fd }, readable(waitable, wake));
    const operation = new Sendfile(socket, source, request.count, notWaiting);
    try {
      return await drive(operation);
    } finally {
      settle(operation, source);
    }
  } finally {
    closeDuplicate(waitable.retire(operation => operation.fail(EBADF)));
  }
}

/** Asks for the events of a file: they are returned when it can be read, or `EAGAIN`, and then `wake` will be called. */
function readable(file: Waitable, wake: () => void): () => number {
  let failure = 0;
  const attempt = (): number => failure || binding.wait(file.fd, POLLIN, 0) || EAGAIN;
  const wait: Operation<void> = {
    attempt,
    finish: () => undefined,
    fail: errno => socketError(errno, { syscall: 'poll' }),
    drained: () => false,
  };
  const failed = (error: unknown): void => {
    if (file.fd < 0) return; // closed: nobody waits for it any more
    failure = error instanceof SocketError ? error.errno : EBADF;
    wake();
  };
  return () => {
    const ready = attempt();
    if (ready === EAGAIN && !file.input.isBusy) file.input.run(wait, {}).then(wake, failed);
    return ready;
  };
}
