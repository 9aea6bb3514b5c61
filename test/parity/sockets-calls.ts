/** Python's calls in terms of this package: one row each. */
import { closeSync, openSync, readFileSync } from 'node:fs';
import {
  type AddressInput,
  BlockingError,
  createConnection,
  createConnectionSync,
  fromfd,
  getDefaultTimeout,
  type ShutdownHow,
  Socket,
  setDefaultTimeout,
  socketpair,
  type WaitOptions,
} from 'berkeley';

type Name = 'inet' | 'inet6' | 'unix';
type Address = AddressInput<Name>;
type Any = Socket<Name>;

export type Method = (socket: Any, ...given: never[]) => unknown;

/** Calls that can wait, in both faces. A promise call gets the mode of the socket in `wait`. */
export const waiting: Readonly<
  Record<
    string,
    { sync: Method; promise: (socket: Any, wait: WaitOptions, ...given: never[]) => Promise<unknown> }
  >
> = {
  accept: { sync: s => s.acceptSync(), promise: (s, wait) => s.accept(wait) },
  connect: {
    sync: (s, to: Address) => s.connectSync(to),
    promise: (s, wait, to: Address) => s.connect(to, wait),
  },
  connect_ex: {
    sync: (s, to: Address) => s.connectExSync(to),
    promise: (s, wait, to: Address) => s.connectEx(to, wait),
  },
  recv: {
    sync: (s, size: number, flags?: number) => s.recvSync(size, flags),
    promise: (s, wait, size: number, flags?: number) => s.recv(size, { flags, ...wait }),
  },
  recv_into: {
    sync: (s, into: Buffer) => s.recvIntoSync(into),
    promise: (s, wait, into: Buffer) => s.recvInto(into, wait),
  },
  recvfrom: {
    sync: (s, size: number, flags?: number) => s.recvfromSync(size, flags),
    promise: (s, wait, size: number, flags?: number) => s.recvfrom(size, { flags, ...wait }),
  },
  recvfrom_into: {
    sync: (s, into: Buffer) => s.recvfromIntoSync(into),
    promise: (s, wait, into: Buffer) => s.recvfromInto(into, wait),
  },
  send: {
    sync: (s, data: Buffer, flags?: number) => s.sendSync(data, flags),
    promise: (s, wait, data: Buffer, flags?: number) => s.send(data, { flags, ...wait }),
  },
  sendall: {
    sync: (s, data: Buffer, flags?: number) => s.sendAllSync(data, flags),
    promise: (s, wait, data: Buffer, flags?: number) => s.sendAll(data, { flags, ...wait }),
  },
  sendto: {
    sync: (s, data: Buffer, to: Address) => s.sendtoSync(data, to),
    promise: (s, wait, data: Buffer, to: Address) => s.sendto(data, to, wait),
  },
};

/** Functions that can wait, in both faces. */
export const waitingFunctions: Readonly<
  Record<string, { sync: (...given: never[]) => unknown; promise: (...given: never[]) => Promise<unknown> }>
> = {
  create_connection: {
    sync: (to: { host: string; port: number }) => createConnectionSync(to),
    promise: (to: { host: string; port: number }) => createConnection(to),
  },
};

/** Python's seconds. */
const toMilliseconds = (seconds: number | null) => (seconds === null ? null : seconds * 1000);
const toSeconds = (milliseconds: number | null) => (milliseconds === null ? null : milliseconds / 1000);

/** Whether a flag of the descriptor is set: octal in fdinfo, asm-generic/fcntl.h. */
function hasFlag(socket: Any, flag: number): boolean {
  const [, flags] = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${socket.fd}`, 'latin1'))!;
  return (Number.parseInt(flags!, 8) & flag) !== 0;
}
const O_NONBLOCK = 0o4000;
const O_CLOEXEC = 0o2000000;

/** Sends until the buffers are full. */
function fill(socket: Any): void {
  const { timeout } = socket;
  socket.timeout = 0;
  try {
    for (;;) socket.sendSync(Buffer.alloc(65536));
  } catch (error) {
    if (!(error instanceof BlockingError)) throw error;
  }
  socket.timeout = timeout;
}

/** Calls that never wait. */
export const methods: Readonly<Record<string, Method>> = {
  bind: (s, address: Address) => s.bind(address),
  close: s => s.close(),
  detach: s => s.detach(),
  dup: s => s.dup(),
  fileno: s => s.fd,
  getblocking: s => s.getBlocking(),
  get_inheritable: s => s.getInheritable(),
  getpeername: s => s.getpeername(),
  getsockname: s => s.getsockname(),
  getsockopt: (s, level: number, name: number, size?: number) =>
    size === undefined ? s.getsockopt(level, name) : s.getsockopt(level, name, size),
  gettimeout: s => toSeconds(s.timeout),
  listen: (s, backlog?: number) => s.listen(backlog),
  setblocking: (s, blocking: boolean) => s.setBlocking(blocking),
  set_inheritable: (s, inheritable: boolean) => s.setInheritable(inheritable),
  setsockopt: (s, level: number, name: number, value: number | Buffer) => s.setsockopt(level, name, value),
  settimeout: (s, seconds: number | null) => {
    s.timeout = toMilliseconds(seconds);
  },
  shutdown: (s, how: number) => s.shutdown(how as ShutdownHow),

  family: s => s.family,
  type: s => s.type,
  proto: s => s.protocol,
  is_closed: s => s.closed,
  is_nonblocking: s => hasFlag(s, O_NONBLOCK),
  is_cloexec: s => hasFlag(s, O_CLOEXEC),
  fill,
  getsockopt_length: (s, level: number, name: number, size: number) => s.getsockopt(level, name, size).length,
  setsockopt_null: (s, level: number, name: number, length: number) =>
    s.setsockopt(level, name, null, length),
};

export const functions: Readonly<Record<string, (...given: never[]) => unknown>> = {
  socket: (...given: ConstructorParameters<typeof Socket>) => new Socket(...given),
  socketpair: (...given: Parameters<typeof socketpair>) => socketpair(...given),
  getdefaulttimeout: () => toSeconds(getDefaultTimeout()),
  setdefaulttimeout: (seconds: number | null) => setDefaultTimeout(toMilliseconds(seconds)),
  adopt: (fd: number) => Socket.adopt(fd),
  duplicate: ({ fd, family, type, protocol }: Any) => fromfd(fd, { family, type, protocol }),
  open_file: () => openSync('/dev/null', 'r'),
  close_file: (fd: number) => closeSync(fd),
};
