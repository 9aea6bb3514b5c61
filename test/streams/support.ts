/** Shared by the tests of files and streams: connections, files, and checks for programs. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { createServer, Socket } from 'berkeley';
import { binding } from '#src/binding.js';
import { notInWine, notOnWindows, type Skip } from '../support/kernel.js';
import { onWindows } from '../support/local.js';
import { freshPath } from '../support/names.js';

/** `BERKELEY_LONG=1` transfers a gigabyte instead of 64 MiB. */
export const isLong: boolean = process.env.BERKELEY_LONG === '1';
export const LARGE: number = isLong ? 1 << 30 : 64 << 20;

export const MEBIBYTE: number = 1 << 20;

/** Two ends of a TCP connection. */
export async function tcpPair(): Promise<[Socket<'inet'>, Socket<'inet'>]> {
  using server = createServer({ host: '127.0.0.1', port: 0 });
  const client = new Socket();
  const connecting = client.connect(server.getsockname());
  const { socket } = await server.accept();
  await connecting;
  return [client, socket];
}

/** A file in which every mebibyte differs, and its digest. */
export interface LargeFile {
  readonly path: string;
  readonly size: number;
  readonly digest: string;
}

/** Creates a file in the temporary directory of the thread, which is removed when the thread ends. */
export function makeLargeFile(size: number = LARGE): LargeFile {
  const path = freshPath();
  const hash = createHash('sha256');
  const block = randomBytes(Math.min(size, MEBIBYTE));
  const fd = openSync(path, 'w');
  for (let at = 0; at < size; at += block.length) {
    block.writeDoubleLE(at, 0);
    const part = block.subarray(0, size - at);
    writeSync(fd, part);
    hash.update(part);
  }
  closeSync(fd);
  return { path, size, digest: hash.digest('hex') };
}

/** Skips on Windows, whose named pipes are not in the file system. */
export const needsPipes: Skip = notOnWindows('pipes in the file system');

/** Skips in Wine, which takes the reset of a connection for its end. */
export const withoutResets: Skip = notInWine('Wine takes a reset for the end of the stream');

/** A named pipe: descriptors of its two ends, both blocking. */
export function makePipe(): { readonly read: number; readonly write: number } {
  const path = freshPath();
  execFileSync('mkfifo', [path]);
  const both = openSync(path, constants.O_RDWR); // so that the two opens below do not wait for each other
  const ends = { read: openSync(path, 'r'), write: openSync(path, 'w') };
  closeSync(both);
  return ends;
}

/** For `test(…, { skip: without('curl') })`: the reason to skip, and how to install the program. */
export function without(program: string): string | false {
  const { error } = spawnSync(program, ['--version']);
  return error !== undefined && `needs ${program}: apt-get install ${program}`;
}

/** Reads a socket to the end of the stream. Returns the length and digest of the data. */
export async function drain(socket: {
  recvInto(buffer: Uint8Array): Promise<number>;
}): Promise<{ length: number; digest: string }> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(MEBIBYTE);
  let length = 0;
  for (;;) {
    const count = await socket.recvInto(buffer);
    if (count === 0) return { length, digest: hash.digest('hex') };
    hash.update(buffer.subarray(0, count));
    length += count;
  }
}

/** The position, found by reading to the end of the file. It is restored. */
function positionByReading(fd: number): number {
  const memory = Buffer.alloc(MEBIBYTE);
  let rest = 0;
  for (let count = 1; count > 0; rest += count) count = readSync(fd, memory);
  const position = fstatSync(fd).size - rest;
  assert.equal(binding.seek(fd, position), 0);
  return position;
}

/** The position at which the next read of a file starts. */
export function positionOf(fd: number): number {
  if (onWindows) return positionByReading(fd);
  return Number(/^pos:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))![1]);
}
