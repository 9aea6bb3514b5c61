/**
 * The native addon, with types. `binding.cjs` finds the `.node` file; no other module knows that there is one.
 *
 * Every function takes numbers and bytes and returns a number: a result if it is zero or positive, `-errno` if it is
 * negative. Other results are written to memory that both sides share (`shared`). Read them before the next call.
 *
 * The addon checks every length against the size of the memory. It returns `-EFAULT` for memory that is too short or
 * detached, or that is not a `Uint8Array` if the call requires one.
 */
import { isMainThread as isReportedMain } from 'node:worker_threads';
import { load } from '#binding';

/** The exports of the `.node` file. */
interface Addon {
  /**
   * Creates an instance: functions with their own state, so that each copy of the package in a thread has one.
   *
   * @param closesAtEnd 1 to close the descriptors that the instance owns when its thread ends
   * @param needsLastTask 1 on Deno, which otherwise leaves its own descriptors open (native/glue/addon.c)
   */
  open(closesAtEnd: number, needsLastTask: number): Binding;
}

/** The memory of a message: one piece, which is faster than an array of one, or several. */
export type Pieces = Uint8Array | readonly Uint8Array[];

/** Returns the memory of a message in the faster form. */
export function piecesOf(buffers: readonly Uint8Array[]): Pieces {
  return buffers.length === 1 ? buffers[0]! : buffers;
}

/** The functions of the addon, one per system call; `native/glue` documents their arguments. */
export interface Binding {
  /** The memory behind {@link shared}. */
  readonly memory: ArrayBuffer;
  readonly addressOffset: number;
  readonly addressLengthWord: number;
  readonly addressMax: number;
  readonly eventsOffset: number;
  readonly eventsMax: number;

  /**
   * Takes ownership of a descriptor: it is closed when the thread ends. Descriptors that the addon opens or receives
   * are owned from the start, until `close` or `disown`. Returns 0, or `-errno`: `EBADF`, `ENOMEM`.
   */
  own(fd: number): number;
  /** Releases ownership of a descriptor: the caller must close it. */
  disown(fd: number): number;

  socket(family: number, type: number, protocol: number): number;
  socketpair(family: number, type: number, protocol: number): number;
  accept(fd: number, named: number): number;
  dup(fd: number): number;
  /** Duplicates a file descriptor of `node:fs`, or else a socket: on Windows both can have the same number. */
  dupFile(file: number): number;
  close(fd: number): number;
  bind(fd: number, address: Uint8Array): number;
  connect(fd: number, address: Uint8Array): number;
  listen(fd: number, backlog: number): number;
  shutdown(fd: number, how: number): number;
  getsockname(fd: number): number;
  getpeername(fd: number): number;
  recv(fd: number, into: Uint8Array, flags: number): number;
  recvfrom(fd: number, into: Uint8Array, flags: number): number;
  send(fd: number, data: Uint8Array, flags: number): number;
  sendto(fd: number, data: Uint8Array, flags: number, address: Uint8Array): number;

  getsockopt(fd: number, level: number, name: number, into: Uint8Array): number;
  getsockoptInt(fd: number, level: number, name: number): number;
  setsockopt(fd: number, level: number, name: number, value: Uint8Array | null, length: number): number;
  setsockoptInt(fd: number, level: number, name: number, value: number): number;
  setFilter(fd: number, level: number, name: number, instructions: Uint8Array): number;
  getNonblocking(fd: number): number;
  setNonblocking(fd: number, on: number): number;
  getInheritable(fd: number): number;
  setInheritable(fd: number, on: number): number;
  wait(fd: number, events: number, milliseconds: number): number;

  sendmsg(
    fd: number,
    data: Pieces,
    control: Uint8Array | null,
    flags: number,
    address: Uint8Array | null,
  ): number;
  recvmsg(fd: number, memory: Pieces, control: Uint8Array | null, flags: number): number;
  sendmmsg(fd: number, ...batch: [...BatchMemory, first: number, count: number, flags: number]): number;
  recvmmsg(fd: number, ...batch: [...BatchMemory, count: number, flags: number]): number;
  readonly batchMax: number;
  readonly batchNameSize: number;
  sendfile(fd: number, file: number, offset: number, count: number): number;
  splice(fd: number, pipe: number, count: number): number;
  read(file: number, into: Uint8Array, position: number): number;
  seek(file: number, offset: number): number;
  poll(entries: Uint8Array, milliseconds: number): number;

  /**
   * Opens the poller that wakes this thread, once per instance.
   *
   * @param callback is called with the number of events in shared memory, or once with `-errno`, after which the poller
   * is not watched any more
   * @param kind 0 if libuv watches the poller, 1 if a thread does
   */
  pollerOpen(callback: (count: number) => void, kind: number): number;
  pollerNew(): number;
  pollerHold(hold: number): number;
  pollerArm(): number;
  pollerAdd(poller: number, fd: number, id: number, events: number): number;
  pollerModify(poller: number, fd: number, id: number, events: number): number;
  pollerRemove(poller: number, fd: number): number;
  pollerCollect(poller: number, into?: Uint8Array): number;

  gethostname(): string | number;
  sethostname(name: Uint8Array): number;
  if_nametoindex(name: string): number;
  if_indextoname(index: number): string | number;
  if_nameindex(): (number | string)[] | number;
  getservbyname(name: string, protocol: string | null): number;
  getservbyport(port: number, protocol: string | null): string | number;
  getprotobyname(name: string): number;
  ioctl(fd: number, request: number, memory: Uint8Array): number;

  getaddrinfo: Resolve<
    [
      host: string | null,
      service: string | null,
      family: number,
      type: number,
      protocol: number,
      flags: number,
    ]
  >;
  getnameinfo: Resolve<[address: Uint8Array, flags: number]>;
  gethostbyname: Resolve<[name: string, family: number]>;
  gethostbyaddr: Resolve<[raw: Uint8Array, family: number]>;
  gai_strerror(code: number): string;
  hstrerror(code: number): string;
}

/** The functions that the addon has only on Windows. */
export interface WindowsBinding {
  /** Writes the `shareSize` bytes from which `fromShare` opens the socket in the given process. */
  share(fd: number, process: number, into: Uint8Array): number;
  fromShare(shared: Uint8Array): number;
  readonly shareSize: number;
}

/** The buffers of a batch: `bk_batch` in `native/core/platform.h`. */
export type BatchMemory = [
  data: Uint8Array,
  names: Uint8Array,
  controls: Uint8Array,
  rows: Uint8Array,
  size: number,
  controlSize: number,
];

/** The result of a resolver call: bytes, or a failure with a code of one of the resolver's three kinds. */
export type Answer = Uint8Array | { readonly kind: 'errno' | 'eai' | 'herror'; readonly code: number };

/**
 * A resolver call. Without a callback it blocks and returns the result. With a callback it runs in the runtime's thread
 * pool.
 */
export type Resolve<Arguments extends unknown[]> = (
  ...call: [...Arguments, callback: ((answer: Answer) => void) | null]
) => Answer | undefined;

/**
 * Returns whether this is the main thread. In Node.js, `node:worker_threads` loads thirty other modules, which takes a
 * fifth of an import. `process.chdir` is not available in workers, and throws another error there. Anything else than
 * the two errors of Node.js, for example from a program's own `chdir`, is not an answer.
 */
function findMainThread(): boolean {
  if ('bun' in process.versions || 'deno' in process.versions) return isReportedMain;
  try {
    process.chdir(undefined as never);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_INVALID_ARG_TYPE') return true;
  }
  return isReportedMain;
}

/** Whether this is the main thread. A worker that blocks in a system call cannot be terminated. */
export const isMainThread: boolean = findMainThread();

const isDenoWorker = !isMainThread && 'deno' in process.versions;
const opened = (load() as Addon).open(isMainThread ? 0 : 1, isDenoWorker ? 1 : 0);

/**
 * The functions of this instance, in a copy of the object that the addon made: V8 stores an object to which native code
 * has added that many properties as a hash table, and would look the function up in it at each call.
 */
export const binding: Binding = { ...opened };

// Only this module uses the buffer, so nothing detaches it, and the addon can keep its address.
const { memory } = binding;

/** The results of the last native call that do not fit in one number. Read them before the next call. */
export const shared: {
  /**
   * Numbers: the two descriptors of `socketpair` (0, 1), the value of `getsockoptInt` (0), the length of a received
   * message's control data (2), and its flags (3).
   */
  readonly words: Int32Array;
  /** The bytes of the address that the kernel wrote. */
  readonly address: Uint8Array;
  /** The `(id, events)` pairs of the poller. */
  readonly events: Int32Array;
} = {
  words: new Int32Array(memory),
  address: new Uint8Array(memory, binding.addressOffset, binding.addressMax),
  events: new Int32Array(memory, binding.eventsOffset, binding.eventsMax * 2),
};

/** Returns the length of the address in `shared.address`. */
export function addressLength(): number {
  return Math.min(shared.words[binding.addressLengthWord]!, binding.addressMax);
}

/** The words of shared memory that recvmsg writes (native/glue/message.c). */
const CONTROL_LENGTH = 2;
const FLAGS = 3;

/** Returns the length of the received message's control data. */
export function controlLength(): number {
  return shared.words[CONTROL_LENGTH]!;
}

/** Returns the flags of the received message: `MSG_TRUNC`, `MSG_CTRUNC`, … */
export function messageFlags(): number {
  return shared.words[FLAGS]!;
}

/** Sets shared memory for a message without address, control data and flags. */
export function leaveDataOnly(): void {
  shared.words[binding.addressLengthWord] = 0;
  shared.words[CONTROL_LENGTH] = 0;
  shared.words[FLAGS] = 0;
}
