/**
 * A process that has no free descriptor before its first call has to wait. leaks.test.ts runs this program.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { MSG_WAITALL, SocketError, socketpair } from 'berkeley';
import { failsWith } from '../../support/failure.js';

const [a, b] = socketpair();
execFileSync('prlimit', ['--pid', `${process.pid}`, '--nofile=100:100']);
const files: number[] = [];
try {
  for (;;) files.push(openSync('/dev/null', 'r'));
} catch {
  // From here on no descriptor is free.
}

// Calls that do not need to wait work. Calls that would have to wait fail.
await b.send('abc');
assert.equal(String(await a.recv(1)), 'a');
await failsWith(() => a.recv(9, MSG_WAITALL), SocketError, 'EMFILE', 'epoll_create1');
assert.equal(String(await a.recv(9)), 'bc', 'what it had got is not lost');
await failsWith(() => a.recv(9), SocketError, 'EMFILE', 'epoll_create1');
await b.send('e');
assert.equal(String(await a.recv(9)), 'e', 'the next call tries, since no event can tell');

for (const file of files) closeSync(file);
const waiting = a.recv(9);
await b.send('d');
assert.equal(String(await waiting), 'd');
