/** A table of every public method of a socket: how to call it, and what it does after close(). */
import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { MessageBatch, SHUT_RDWR, SO_TYPE, SOL_SOCKET, type WaitOptions } from 'berkeley';
import { so } from 'berkeley/options';
import { LOCAL, NOBODY, onWindows } from '../support/local.js';
import { temporaryFolder } from '../support/names.js';
import type { AnyAddress, AnySocket } from '../support/rows.js';

/** The addresses that the rows connect, bind and send to. */
const ADDRESS: AnyAddress = NOBODY;

/** The situation in which the method has to wait: see situations.ts. */
export type Need =
  | 'receiving'
  | 'sending'
  | 'sending to an address'
  | 'sending datagrams'
  | 'sending over TCP'
  | 'accepting'
  | 'connecting'
  | 'queueing';

/** A method that can wait, with its two forms. */
export interface Waiting {
  readonly name: string;
  readonly syscall: string;
  readonly need: Need;
  start(socket: AnySocket, wait?: WaitOptions, address?: AnyAddress): Promise<unknown>;
  sync(socket: AnySocket, address?: AnyAddress): unknown;
}

const DATA = Buffer.alloc(4096, 'x');

/** A file that is larger than the buffer of any socket. */
const file = onWindows ? openLargeFile() : openSync('/dev/zero', 'r');

function openLargeFile(): number {
  const opened = openSync(join(temporaryFolder(), 'zeros'), 'w+');
  ftruncateSync(opened, 2 ** 30);
  // Windows removes no open file.
  process.prependListener('exit', () => closeSync(opened));
  return opened;
}

function batch(text?: string): MessageBatch<'unix'> {
  const made = new MessageBatch({ family: LOCAL, count: 2, size: 4096 });
  if (text !== undefined) made.push(text);
  return made;
}

export const waiting: readonly Waiting[] = [
  {
    name: 'accept',
    syscall: 'accept',
    need: 'accepting',
    start: (socket, wait) => socket.accept(wait),
    sync: socket => socket.acceptSync(),
  },
  {
    name: 'connect',
    syscall: 'connect',
    need: 'connecting',
    start: (socket, wait, address = ADDRESS) => socket.connect(address, wait),
    sync: (socket, address = ADDRESS) => socket.connectSync(address),
  },
  {
    name: 'connect',
    syscall: 'connect',
    need: 'queueing',
    start: (socket, wait, address = ADDRESS) => socket.connect(address, wait),
    sync: (socket, address = ADDRESS) => socket.connectSync(address),
  },
  {
    name: 'recv',
    syscall: 'recv',
    need: 'receiving',
    start: (socket, wait) => socket.recv(9, wait),
    sync: socket => socket.recvSync(9),
  },
  {
    name: 'recvInto',
    syscall: 'recv',
    need: 'receiving',
    start: (socket, wait) => socket.recvInto(new Uint8Array(9), wait),
    sync: socket => socket.recvIntoSync(new Uint8Array(9)),
  },
  {
    name: 'recvfrom',
    syscall: 'recvfrom',
    need: 'receiving',
    start: (socket, wait) => socket.recvfrom(9, wait),
    sync: socket => socket.recvfromSync(9),
  },
  {
    name: 'recvfromInto',
    syscall: 'recvfrom',
    need: 'receiving',
    start: (socket, wait) => socket.recvfromInto(new Uint8Array(9), wait),
    sync: socket => socket.recvfromIntoSync(new Uint8Array(9)),
  },
  {
    name: 'recvmsg',
    syscall: 'recvmsg',
    need: 'receiving',
    start: (socket, wait) => socket.recvmsg(9, wait),
    sync: socket => socket.recvmsgSync(9),
  },
  {
    name: 'recvmsgInto',
    syscall: 'recvmsg',
    need: 'receiving',
    start: (socket, wait) => socket.recvmsgInto([new Uint8Array(9)], wait),
    sync: socket => socket.recvmsgIntoSync([new Uint8Array(9)]),
  },
  {
    name: 'recvFds',
    syscall: 'recvmsg',
    need: 'receiving',
    start: (socket, wait) => socket.recvFds(9, 1, wait),
    sync: socket => socket.recvFdsSync(9, 1),
  },
  {
    name: 'send',
    syscall: 'send',
    need: 'sending',
    start: (socket, wait) => socket.send(DATA, wait),
    sync: socket => socket.sendSync(DATA),
  },
  {
    name: 'sendAll',
    syscall: 'send',
    need: 'sending',
    start: (socket, wait) => socket.sendAll(DATA, wait),
    sync: socket => socket.sendAllSync(DATA),
  },
  {
    name: 'sendto',
    syscall: 'sendto',
    need: 'sending to an address',
    start: (socket, wait, address = ADDRESS) => socket.sendto(DATA, address, wait),
    sync: (socket, address = ADDRESS) => socket.sendtoSync(DATA, address),
  },
  {
    name: 'sendmsg',
    syscall: 'sendmsg',
    need: 'sending',
    start: (socket, wait) => socket.sendmsg({ data: DATA }, wait),
    sync: socket => socket.sendmsgSync({ data: DATA }),
  },
  {
    name: 'sendFds',
    syscall: 'sendmsg',
    need: 'sending',
    start: (socket, wait) => socket.sendFds(DATA, [], wait),
    sync: socket => socket.sendFdsSync(DATA, []),
  },
  {
    name: 'recvmmsg',
    syscall: 'recvmmsg',
    need: 'receiving',
    start: (socket, wait) => socket.recvmmsg(batch() as never, wait),
    sync: socket => socket.recvmmsgSync(batch() as never),
  },
  {
    name: 'recvSegments',
    syscall: 'recvmsg',
    need: 'receiving',
    start: (socket, wait) => socket.recvSegments({ size: 9, ...wait }),
    sync: socket => socket.recvSegmentsSync({ size: 9 }),
  },
  {
    name: 'sendmmsg',
    syscall: 'sendmmsg',
    need: 'sending datagrams',
    start: (socket, wait) => socket.sendmmsg(batch('x') as never, wait),
    sync: socket => socket.sendmmsgSync(batch('x') as never),
  },
  {
    name: 'sendSegments',
    syscall: 'sendmsg',
    need: 'sending datagrams',
    start: (socket, wait) => socket.sendSegments('xyz', 1, wait),
    sync: socket => socket.sendSegmentsSync('xyz', 1),
  },
  {
    name: 'sendZeroCopy',
    syscall: 'send',
    need: 'sending over TCP',
    start: (socket, wait) => socket.sendZeroCopy(DATA, wait),
    sync: socket => socket.sendZeroCopySync(DATA),
  },
  {
    name: 'sendfile',
    syscall: 'sendfile',
    need: 'sending',
    start: (socket, wait) => socket.sendfile(file, { count: 1, ...wait }),
    sync: socket => socket.sendfileSync(file, { count: 1 }),
  },
];

/** A method that never waits, and the system call that its EBADF error names on a closed socket. */
export interface Immediate {
  readonly name: string;
  readonly syscall: string;
  call(socket: AnySocket): unknown;
}

export const immediate: readonly Immediate[] = [
  { name: 'bind', syscall: 'bind', call: socket => socket.bind(ADDRESS) },
  { name: 'listen', syscall: 'listen', call: socket => socket.listen() },
  { name: 'shutdown', syscall: 'shutdown', call: socket => socket.shutdown(SHUT_RDWR) },
  { name: 'getsockname', syscall: 'getsockname', call: socket => socket.getsockname() },
  { name: 'getpeername', syscall: 'getpeername', call: socket => socket.getpeername() },
  { name: 'getsockopt', syscall: 'getsockopt', call: socket => socket.getsockopt(SOL_SOCKET, SO_TYPE) },
  { name: 'setsockopt', syscall: 'setsockopt', call: socket => socket.setsockopt(SOL_SOCKET, SO_TYPE, 1) },
  { name: 'getOption', syscall: 'getsockopt', call: socket => socket.getOption(so.reuseaddr) },
  { name: 'setOption', syscall: 'setsockopt', call: socket => socket.setOption(so.reuseaddr, true) },
  { name: 'dup', syscall: 'dup', call: socket => socket.dup() },
  { name: 'getInheritable', syscall: 'fcntl', call: socket => socket.getInheritable() },
  { name: 'setInheritable', syscall: 'fcntl', call: socket => socket.setInheritable(true) },
  { name: 'makefile', syscall: 'fcntl', call: socket => socket.makefile() },
  { name: 'toDuplex', syscall: 'fcntl', call: socket => socket.toDuplex() },
  { name: 'toNodeSocket', syscall: 'fcntl', call: socket => socket.toNodeSocket() },
  { name: 'toWeb', syscall: 'fcntl', call: socket => socket.toWeb() },
  { name: 'setBlocking', syscall: 'fcntl', call: socket => socket.setBlocking(true) },
];

/** Members with special rules after close(). Each has a test in closed.test.ts or in test/windows. */
export const exceptional: readonly string[] = [
  ...[
    'constructor',
    'family',
    'type',
    'protocol',
    'fd',
    'closed',
    'close',
    'detach',
    'ref',
    'unref',
    'timeout',
    'getBlocking',
  ],
  ...['connections', 'chunks', 'datagrams', 'errors', 'connectEx', 'recvError', 'share', 'ioctl'],
];
