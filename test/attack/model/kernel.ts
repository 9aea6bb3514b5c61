/**
 * A kernel in a few lines: sockets whose peers are scripted, and an edge-triggered poller. Bytes that arrive at a socket
 * count from its number, so that a byte that is lost, repeated, moved or another socket's is recognised.
 */
import { time } from './virtual-time.js';

export const POLLIN = 0x1;
export const POLLOUT = 0x4;
export const POLLERR = 0x8;
export const POLLHUP = 0x10;
export const POLLRDHUP = 0x2000;
const ALWAYS = POLLERR | POLLHUP;

export const EAGAIN = -11;
export const EBADF = -9;
export const ENOENT = -2;
export const EEXIST = -17;
export const EPIPE = -32;
export const ECONNRESET = -104;
export const ECONNREFUSED = -111;

/** What a planted fault of the kernel does, to show that the checks find it. */
export type Fault =
  | 'loses an edge'
  | 'ignores a change of events'
  | 'repeats a byte'
  | 'loses a byte'
  | 'mixes sockets';

/** The byte at a position of what arrives at a socket. */
export function byteAt(socket: number, position: number): number {
  return (socket * 89 + position * 7 + (position >> 8) * 31) & 0xff;
}

export type Kind = 'tcp' | 'unix' | 'datagram' | 'listener';

let nextFile = 1;

/** An open socket. */
export class OpenFile {
  readonly id: number = nextFile++;
  /** The number of bytes (connections, for a listener) that have arrived, and that were received. */
  arrived = 0;
  taken = 0;
  /** Where messages end, and where a read of a Unix stream stops. */
  readonly boundaries: number[] = [];
  isAtEnd = false;
  isReset = false;
  /** The pending error, which the next call takes. */
  errno = 0;
  /** How many errors calls have taken. */
  errorsTaken = 0;
  /** The free space of the sender's memory, and the most that one call takes of it. */
  space = 64;
  cut = 16;
  /** Whether the receiver's queue is full: no event tells when it is not any more. */
  isReceiverFull = false;
  readonly sent: number[] = [];

  constructor(readonly kind: Kind) {}

  get available(): number {
    return this.arrived - this.taken;
  }

  /** The events that poll(2) reports. */
  get events(): number {
    let events = 0;
    if (this.available > 0 || this.isAtEnd || this.isReset) events |= POLLIN;
    if (this.space > 0 || this.isReset) events |= POLLOUT;
    if (this.errno !== 0) events |= POLLERR;
    if (this.isAtEnd || this.isReset) events |= POLLRDHUP;
    if (this.isReset) events |= POLLHUP;
    return events;
  }

  /** The number of bytes that one read can return. */
  get readable(): number {
    const boundary = this.boundaries.find(end => end > this.taken) ?? this.arrived;
    return Math.min(this.available, boundary - this.taken);
  }
}

interface Registration {
  readonly file: OpenFile;
  readonly id: number;
  events: number;
  /** Whether the next report is false: an event without a reason. */
  isFalse: boolean;
}

/** Something that happens while a Sync call waits. */
export interface Later {
  readonly after: number;
  readonly run: () => void;
}

export class Kernel {
  readonly files: Map<number, OpenFile> = new Map();
  readonly #registrations = new Map<number, Registration>();
  readonly #ready = new Set<Registration>();
  readonly faults: Set<Fault> = new Set();
  /** What happens during the next waits of Sync calls. */
  later: Later[] = [];
  /** The system calls since the last time that the count was set to 0. */
  calls = 0;

  /** Opens a file with the lowest free number, as open(2) does. */
  open(file: OpenFile): number {
    let fd = 20;
    while (this.files.has(fd)) fd++;
    this.files.set(fd, file);
    return fd;
  }

  close(fd: number): number {
    if (!this.files.delete(fd)) return EBADF;
    const registration = this.#registrations.get(fd);
    if (registration !== undefined) this.#ready.delete(registration);
    this.#registrations.delete(fd);
    return 0;
  }

  get registered(): number {
    return this.#registrations.size;
  }

  /** Reports events of a file at the next collection, if they are watched. */
  signal(file: OpenFile, events: number, isFalse = false): void {
    if (this.faults.has('loses an edge')) {
      this.faults.delete('loses an edge');
      return;
    }
    for (const registration of this.#registrations.values()) {
      if (registration.file !== file || ((registration.events | ALWAYS) & events) === 0) continue;
      registration.isFalse ||= isFalse;
      this.#ready.add(registration);
    }
  }

  add(fd: number, id: number, events: number): number {
    const file = this.files.get(fd);
    if (file === undefined) return EBADF;
    if (this.#registrations.has(fd)) return EEXIST;
    const registration = { file, id, events, isFalse: false };
    this.#registrations.set(fd, registration);
    if (file.events & (events | ALWAYS)) this.#ready.add(registration);
    return 0;
  }

  modify(fd: number, id: number, events: number): number {
    const registration = this.#registrations.get(fd);
    if (!this.files.has(fd)) return EBADF;
    if (registration === undefined || registration.id !== id) return ENOENT;
    if (this.faults.delete('ignores a change of events')) return 0;
    registration.events = events;
    if (registration.file.events & (events | ALWAYS)) this.#ready.add(registration);
    return 0;
  }

  remove(fd: number): number {
    const registration = this.#registrations.get(fd);
    if (registration === undefined) return this.files.has(fd) ? ENOENT : EBADF;
    this.#ready.delete(registration);
    this.#registrations.delete(fd);
    return 0;
  }

  get hasEvents(): boolean {
    return this.#ready.size > 0;
  }

  /** Takes the events to report: what holds at this moment, as epoll_wait(2) does. */
  collect(most: number): [id: number, events: number][] {
    const pairs: [number, number][] = [];
    for (const registration of this.#ready) {
      if (pairs.length === most) break;
      this.#ready.delete(registration);
      const { file, id, events, isFalse } = registration;
      const holds = (isFalse ? POLLIN | POLLOUT | file.events : file.events) & (events | ALWAYS);
      registration.isFalse = false;
      if (holds !== 0) pairs.push([id, holds]);
    }
    return pairs;
  }

  /** poll(2) of one descriptor. What happens meanwhile happens here. */
  wait(fd: number, wanted: number, milliseconds: number): number {
    for (let left = milliseconds; ; ) {
      const events = (this.files.get(fd)?.events ?? 0) & (wanted | ALWAYS);
      if (events !== 0 || left === 0) return events;
      const [next] = this.later;
      if (next === undefined && left < 0) throw new Error('a Sync call waits for ever');
      if (next === undefined || (left > 0 && next.after > left)) {
        time.now += left;
        return 0;
      }
      this.later.shift();
      time.now += next.after;
      if (left > 0) left = Math.max(0, left - next.after);
      next.run();
    }
  }

  /** recv(2) without waiting. */
  receive(file: OpenFile, into: Uint8Array, isPeek: boolean): number {
    if (file.errno !== 0) return this.#takeError(file);
    if (file.available === 0) return file.isAtEnd || file.isReset ? 0 : EAGAIN;
    const length = Math.min(file.readable, into.length);
    const from = this.faults.has('mixes sockets') ? file.id + 1 : file.id;
    for (let i = 0; i < length; i++) into[i] = byteAt(from, file.taken + i);
    if (!isPeek) file.taken += length;
    if (length > 0 && this.faults.delete('repeats a byte')) file.taken--;
    if (length > 0 && file.available > 0 && this.faults.delete('loses a byte')) file.taken++;
    return length;
  }

  /** send(2) without waiting. A datagram is taken whole or not at all. */
  send(file: OpenFile, data: Uint8Array): number {
    if (file.errno !== 0) return this.#takeError(file);
    if (file.isReset) return EPIPE;
    const isMessage = file.kind === 'datagram';
    if (file.isReceiverFull && isMessage) return EAGAIN;
    if (file.space === 0 && data.length > 0) return EAGAIN;
    const length = isMessage ? data.length : Math.min(data.length, file.space, file.cut);
    file.space = Math.max(0, file.space - length);
    for (const byte of data.subarray(0, length)) file.sent.push(byte);
    return length;
  }

  #takeError(file: OpenFile): number {
    const { errno } = file;
    file.errno = 0;
    file.errorsTaken++;
    return errno;
  }
}
