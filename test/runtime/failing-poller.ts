/** Closes a descriptor of the wake-up's thread, and prints what the callback is told; fails if the thread spins. */
import assert from 'node:assert/strict';
import { closeSync, readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { open } from './instance.js';

const BY_THREAD = 1;

function pollers(): number[] {
  return readdirSync('/proc/self/fd').flatMap(fd => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === 'anon_inode:[eventpoll]' ? [Number(fd)] : [];
    } catch {
      return [];
    }
  });
}

const binding = open();
const before = new Set(pollers());
const counts: number[] = [];
const poller = binding.pollerOpen(count => {
  counts.push(count);
  binding.pollerArm();
}, BY_THREAD);
binding.pollerHold(1);
const [outer, ...more] = pollers().filter(fd => !before.has(fd) && fd !== poller);
assert.equal(more.length, 0);
closeSync(outer!);
binding.pollerArm();
await delay(50);
const { user, system } = process.cpuUsage();
await delay(300);
const used = process.cpuUsage({ user, system });
assert.ok(used.user + used.system < 100_000, `${used.user + used.system} µs of CPU`);
console.log(JSON.stringify(counts));
binding.pollerHold(0);
