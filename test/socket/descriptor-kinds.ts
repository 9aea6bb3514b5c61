/** Descriptors of every kind, each with readable content, and how to read a received one. */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { close, socketpair } from 'berkeley';

/** A descriptor, and the content that can be read from it. */
export interface Sample {
  readonly kind: string;
  readonly fd: number;
  readonly text: string;
  /** Closes the sender's descriptors. */
  close(): void;
}

/** Creates a file at a path, opens it and removes the path. */
function opened(kind: string, mode: string, make: (path: string) => void): number {
  const folder = mkdtempSync(join(tmpdir(), `berkeley-${kind}-`));
  const path = join(folder, kind);
  make(path);
  const fd = openSync(path, mode);
  rmSync(folder, { recursive: true });
  return fd;
}

function sample(kind: string, fd: number, text: string): Sample {
  return { kind, fd, text, close: () => closeSync(fd) };
}

function pipe(): Sample {
  const fd = opened('pipe', 'r+', path => execFileSync('mkfifo', [path]));
  writeSync(fd, 'from a pipe');
  return sample('pipe', fd, 'from a pipe');
}

function socket(): Sample {
  const [near, far] = socketpair();
  far.sendAllSync('from a socket');
  far.close();
  return { kind: 'socket', fd: near.fd, text: 'from a socket', close: () => near.close() };
}

/** One descriptor of each kind. */
export function samples(): Sample[] {
  const file = opened('file', 'r', path => writeFileSync(path, 'from a file'));
  return [
    sample('file', file, 'from a file'),
    pipe(),
    socket(),
    sample('device', openSync('/dev/null', 'r'), ''),
  ];
}

/** Reads the content of a descriptor, and closes it. */
export function readAndClose(fd: number): string {
  try {
    const bytes = Buffer.alloc(100);
    // Reads from position 0, because all descriptors of an open file share its offset.
    const length = readSync(fd, bytes, 0, bytes.length, fstatSync(fd).isFile() ? 0 : null);
    return bytes.toString('utf8', 0, length);
  } finally {
    close(fd);
  }
}

/** Whether a descriptor is close-on-exec, so that a child does not inherit it. */
export function closesOnExec(fd: number): boolean {
  const flags = /^flags:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'));
  return (Number.parseInt(flags![1]!, 8) & 0o2000000) !== 0;
}
