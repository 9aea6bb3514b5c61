/** Files and sockets: file descriptors of node:fs and handles of sockets are different numbers, which can be equal. */
import assert from 'node:assert/strict';
import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { AF_INET, socketpair } from 'berkeley';
import { freshPath } from '../support/names.js';

const skip = process.platform !== 'win32' && 'elsewhere there is one kind of number: npm run test:wine';

/** Opens a file again and again, until its descriptor is the wanted number. */
function openUntil(path: string, wanted: number): number[] {
  const files: number[] = [];
  do files.push(openSync(path, 'r'));
  while (files.at(-1)! < wanted);
  return files;
}

test('sendfile sends the file, and not the socket whose handle is the same number', { skip }, async () => {
  const path = freshPath();
  writeFileSync(path, 'of the file');
  const [other, writer] = socketpair(AF_INET);
  writer.sendSync('of the socket');
  const files = openUntil(path, other.fd);
  assert.equal(files.at(-1), other.fd);
  const [here, there] = socketpair(AF_INET);
  assert.equal(await here.sendfile(files.at(-1)!), 11);
  assert.equal(String(await there.recv(100)), 'of the file');
  assert.equal(String(await other.recv(100)), 'of the socket', 'nothing was taken from it');
  for (const file of files) closeSync(file);
  for (const socket of [other, writer, here, there]) socket.close();
});

test('a socket can be sent from while a file has its number', { skip }, async () => {
  const path = freshPath();
  writeFileSync(path, 'of the file');
  const [source, writer] = socketpair(AF_INET);
  writer.sendSync('of the socket');
  writer.close();
  const files = openUntil(path, source.fd);
  const [here, there] = socketpair(AF_INET);
  assert.equal(await here.sendfile(source), 13);
  assert.equal(String(await there.recv(100)), 'of the socket');
  for (const file of files) closeSync(file);
  for (const socket of [source, here, there]) socket.close();
});

test('sendfile from a position that fails leaves the position of the file', { skip }, async () => {
  const path = freshPath();
  writeFileSync(path, '0123456789');
  const file = openSync(path, 'r');
  const memory = Buffer.alloc(3);
  readSync(file, memory);
  const [here, there] = socketpair(AF_INET);
  assert.equal(await here.sendfile(file, { offset: 5, count: 2 }), 2);
  readSync(file, memory);
  assert.equal(String(memory), '789', 'after the part that was sent');
  closeSync(file);
  here.close();
  there.close();
});
