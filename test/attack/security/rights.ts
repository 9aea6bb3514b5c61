/**
 * Floods of SCM_RIGHTS: every message has as many descriptors as the kernel allows. However it is received, exactly the
 * descriptors that the caller gets are open afterwards.
 */
import { closeSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import {
  AF_UNIX,
  CMSG_SPACE,
  MessageBatch,
  SOCK_DGRAM,
  SOCK_SEQPACKET,
  SOCK_STREAM,
  type Socket,
  socketpair,
} from 'berkeley';
import { rights } from 'berkeley/control';
import { countDescriptors, warmUp } from '../../support/descriptors.js';
import type { Trial } from '../part.js';

/** SCM_MAX_FD of the kernel. */
const MOST = 253;

type Unix = Socket<'unix'>;

interface Receiver {
  readonly type: number;
  /** Receives one message, and returns the descriptors that the caller now has. */
  receive(socket: Unix): Promise<readonly number[]>;
  /** How many those are; undefined if the kernel's alignment decides. */
  readonly count?: number;
}

const batchOf = (controlSize: number): MessageBatch<'unix'> =>
  new MessageBatch<'unix'>({ count: 2, size: 8, controlSize, family: AF_UNIX });

async function received(socket: Unix, control: number): Promise<readonly number[]> {
  return rights.find((await socket.recvmsg(1, { control })).control) ?? [];
}

async function receivedInBatch(socket: Unix, controlSize: number): Promise<readonly number[]> {
  const batch = batchOf(controlSize);
  const count = await socket.recvmmsg(batch);
  return [...batch].slice(0, count).flatMap(({ control }) => rights.find(control) ?? []);
}

/** For calls that return no descriptors. */
async function without(call: unknown): Promise<readonly number[]> {
  await call;
  return [];
}

const dgram = SOCK_DGRAM;

const receivers: Readonly<Record<string, Receiver>> = {
  'recv, which takes none': { type: dgram, count: 0, receive: s => without(s.recv(1)) },
  'recvfromSync, which takes none': { type: dgram, count: 0, receive: async s => without(s.recvfromSync(1)) },
  'recvmsg without space': { type: dgram, count: 0, receive: s => received(s, 0) },
  'recvmsg with space for two': { type: dgram, count: 2, receive: s => received(s, CMSG_SPACE(8)) },
  'recvmsg with odd space': { type: dgram, receive: s => received(s, CMSG_SPACE(8) + 5) },
  'recvmsg with space for all': { type: dgram, count: MOST, receive: s => received(s, CMSG_SPACE(4 * MOST)) },
  'recvFds of none': { type: dgram, count: 0, receive: async s => (await s.recvFds(1, 0)).fds },
  'recvFds of one': { type: dgram, count: 1, receive: async s => (await s.recvFds(1, 1)).fds },
  'recvFds of all': { type: SOCK_SEQPACKET, count: MOST, receive: async s => (await s.recvFds(1, MOST)).fds },
  'recvFdsSync of ten': { type: SOCK_STREAM, count: 10, receive: async s => s.recvFdsSync(1, 10).fds },
  'recvmmsg without space': { type: dgram, count: 0, receive: s => receivedInBatch(s, 0) },
  'recvmmsg with space for two': { type: dgram, count: 2, receive: s => receivedInBatch(s, CMSG_SPACE(8)) },
  'a batch that is dropped': {
    type: dgram,
    count: 0,
    async receive(socket) {
      const batch = batchOf(CMSG_SPACE(4 * MOST));
      await socket.recvmmsg(batch);
      batch.clear(); // nobody has read its control messages
      return [];
    },
  },
};

async function flood(trial: Trial, name: string, messages: number): Promise<void> {
  const { type, receive, count } = receivers[name]!;
  const [a, b] = socketpair(AF_UNIX, type);
  const fds = Array.from({ length: MOST }, (_, i) => (i % 2 === 0 ? a.fd : 0));
  const before = countDescriptors();
  for (let i = 0; i < messages; i++) {
    await a.sendFds('x', fds);
    const own = await receive(b);
    if (count !== undefined)
      trial.expect(own.length === count, `${name}: ${own.length} descriptors, not ${count}`);
    const open = countDescriptors() - before;
    trial.expect(
      open === own.length,
      `${name}: ${open} descriptors are open, and the caller has ${own.length}`,
    );
    for (const fd of own) closeSync(fd);
  }
  trial.expect(countDescriptors() === before, `${name}: descriptors are left`);
  for (const socket of [a, b]) socket.close();
}

/** Readers of a stream that know nothing of descriptors. */
async function streamReaders(trial: Trial): Promise<void> {
  const before = countDescriptors();
  for (const read of [
    async (socket: Unix) => {
      const pieces: string[] = [];
      for await (const piece of socket.chunks()) pieces.push(`${piece}`);
      socket.close();
      return pieces.join('');
    },
    (socket: Unix) => text(socket.toDuplex().on('end', () => socket.close())),
  ]) {
    const [a, b] = socketpair();
    for (const letter of 'abc')
      await a.sendFds(
        letter,
        Array.from({ length: MOST }, () => a.fd),
      );
    a.close();
    const got = await read(b);
    trial.expect(got === 'abc', `a reader of a stream got ${got}`);
  }
  trial.expect(countDescriptors() === before, 'a reader of a stream left descriptors');
}

/** Descriptors in flight are freed with the sockets that carry them: the other end of one sees its end. */
async function inFlight(trial: Trial): Promise<void> {
  const before = countDescriptors();
  const [near, far] = socketpair();
  const [a, b] = socketpair();
  const fds = Array.from({ length: MOST }, () => far.fd);
  let sent = 0;
  for (; sent < 1000; sent++) {
    try {
      a.sendFdsSync('x', fds, { timeout: 0 });
    } catch (error) {
      // The buffer is full; or, for a user without CAP_SYS_RESOURCE, RLIMIT_NOFILE descriptors are in flight.
      if (!['EAGAIN', 'ETOOMANYREFS'].includes((error as NodeJS.ErrnoException).code!)) throw error;
      break;
    }
  }
  far.close();
  for (const socket of [a, b]) socket.close();
  trial.expect(
    (await near.recv(1, { timeout: 60_000 })).length === 0,
    'descriptors in flight were not freed',
  );
  near.close();
  trial.expect(countDescriptors() === before, 'descriptors in flight were left');
  trial.figure('descriptors in flight when the carrier closed', sent * MOST);
}

export async function rightsFlood(trial: Trial): Promise<void> {
  await warmUp();
  const messages = trial.amount(3, 300, 10_000);
  for (const name of Object.keys(receivers)) await flood(trial, name, messages);
  await streamReaders(trial);
  await inFlight(trial);
  trial.figure('descriptors sent', messages * Object.keys(receivers).length * MOST);
}
