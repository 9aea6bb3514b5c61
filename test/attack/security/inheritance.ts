/**
 * No descriptor is ever inherited: each is close-on-exec from the call that opens it. The record of the system calls shows
 * it for each call, and processes that another thread starts meanwhile show it from outside.
 */
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Trial } from '../part.js';
import { inherited } from './inherited.js';
import { openers } from './openers.js';
import { type Recorded, watch } from './watch.js';

const CLOEXEC = 0o2000000;
const MSG_CMSG_CLOEXEC = 0x40000000;
const F_DUPFD_CLOEXEC = 1030;

/** Whether the flags of a call make its descriptors close-on-exec. */
const rules: Readonly<Record<string, (flags: number) => boolean>> = {
  socket: flags => (flags & CLOEXEC) !== 0,
  socketpair: flags => (flags & CLOEXEC) !== 0,
  accept4: flags => (flags & CLOEXEC) !== 0,
  epoll_create1: flags => (flags & CLOEXEC) !== 0,
  eventfd: flags => (flags & CLOEXEC) !== 0,
  fcntl: command => command === F_DUPFD_CLOEXEC,
  recvmsg: flags => (flags & MSG_CMSG_CLOEXEC) !== 0,
  recvmmsg: flags => (flags & MSG_CMSG_CLOEXEC) !== 0,
};

function checkFlags(trial: Trial, recorded: readonly Recorded[]): void {
  const opened = recorded.filter(({ part }) => part === 'flags');
  for (const [call, isRight] of Object.entries(rules)) {
    const flags = opened.filter(entry => entry.call === call).map(entry => entry.flags);
    trial.expect(flags.length > 0, `${call} was never called`);
    for (const each of flags)
      trial.expect(isRight(each), `${call} with flags ${each} opens inheritable descriptors`);
  }
  const unknown = opened.filter(({ call }) => !(call in rules));
  trial.expect(unknown.length === 0, `no rule for ${unknown[0]?.call}`);
  trial.figure('calls that open descriptors', opened.length);
}

/** Runs all openers without pause until the workers have started their processes. */
async function openMeanwhile(trial: Trial, count: number): Promise<void> {
  const before = new Set(inherited()); // what this process itself inherited
  const url = new URL('./spawning-worker.js', import.meta.url);
  const workers = [0, 1].map(() => new Worker(url, { workerData: { count } }));
  let isOver = false;
  const found = Promise.all(
    workers.map(async worker => (await once(worker, 'message'))[0] as string[]),
  ).finally(() => {
    isOver = true;
  });
  found.catch(() => {});
  let rounds = 0;
  for (; !isOver; rounds++) {
    for (const open of Object.values(openers)) await open();
    await turn();
  }
  for (const file of new Set((await found).flat()))
    trial.expect(before.has(file), `a process inherited ${file}`);
  trial.figure('processes started', 2 * count);
  trial.figure('descriptors opened meanwhile', rounds * Object.keys(openers).length, 'and more');
}

export async function inheritance(trial: Trial): Promise<void> {
  // The thread that wakes JavaScript on other runtimes has a descriptor of its own.
  process.env.BERKELEY_WAKEUP = 'thread';
  const { recorded } = watch('openers-program');
  delete process.env.BERKELEY_WAKEUP;
  checkFlags(trial, recorded);
  await openMeanwhile(trial, trial.amount(20, 1000));
}
