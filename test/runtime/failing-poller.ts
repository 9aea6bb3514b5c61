/**
 * Closes the descriptor on which the wake-up's thread waits, and prints what the callback gets. Fails if the
 * thread spins.
 */
import assert from 'node:assert/strict';
import { closeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { open } from './instance.js';

const BY_THREAD = 1;

const binding = open();
const counts: number[] = [];
const poller = binding.pollerOpen(count => {
  counts.push(count);
  binding.pollerArm();
}, BY_THREAD);
binding.pollerHold(1);
closeSync(poller);
binding.pollerArm();
await delay(50);
const { user, system } = process.cpuUsage();
await delay(300);
const used = process.cpuUsage({ user, system });
assert.ok(used.user + used.system < 100_000, `${used.user + used.system} µs of CPU`);
console.log(JSON.stringify(counts));
binding.pollerHold(0);
