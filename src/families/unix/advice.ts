/** Advice for failed calls on Unix sockets. It checks the file at the path, because several causes share a code. */
import { readFileSync, statSync } from 'node:fs';
import { typeLabel } from '../../address/labels.js';
import { SOCK_DGRAM } from '../../constants/socket.js';
import { type AdviceRow, adviceFrom } from '../../errors/advice-table.js';
import type { Failure } from '../../errors/adviser.js';

type Path = string | Uint8Array;

function pathOf({ address }: Failure): Path | undefined {
  return (address as { path?: Path } | undefined)?.path;
}

const hasPath = (failure: Failure): boolean => pathOf(failure) !== undefined;

/** Returns whether a file is a socket; `undefined` if this process cannot read it, and on Windows, whose stat does not tell. */
function isSocketFile(path: Path): boolean | undefined {
  if (process.platform === 'win32') return undefined;
  try {
    return statSync(typeof path === 'string' ? path : Buffer.from(path)).isSocket();
  } catch {
    return undefined;
  }
}

/** A line of /proc/net/unix for a socket with a path: proc_pid_net(5). */
const LINE = /^\w+: \w+ \w+ \w+ (\w{4}) (\w\w) +\d+ (.+)$/gm;
const UNCONNECTED = '01';

/**
 * Returns whether a socket of this network namespace is bound to the path and accepts connections or datagrams.
 * Accepted connections have the path of their server, and keep it after the server has ended. Returns `undefined` if
 * the kernel does not report it.
 */
function isServed(path: Path): boolean | undefined {
  try {
    const text = readFileSync('/proc/net/unix', 'utf8');
    const name = Buffer.from(path as Uint8Array).toString();
    return [...text.matchAll(LINE)].some(
      ([, type, state, bound]) =>
        bound === name && (Number.parseInt(type!, 16) === SOCK_DGRAM || state === UNCONNECTED),
    );
  } catch {
    return undefined; // not Linux
  }
}

const REPLACE = "unlink it, or createServer({ path }, { unlink: 'stale' })";

function pathInUse(failure: Failure): string {
  const path = pathOf(failure)!;
  if (isSocketFile(path) === false) return 'the file at this path is not a socket';
  const served = isServed(path);
  if (served === undefined) return `there is a socket at this path; if no process serves it, ${REPLACE}`;
  if (served) return 'another socket is bound to this path; ss -xlp shows its process';
  return `no process serves the socket that was left at this path: ${REPLACE}`;
}

function refused(failure: Failure): string {
  return isSocketFile(pathOf(failure)!) === false
    ? 'the file at this path is not a socket'
    : 'no process serves the socket at this path: the server has ended, or has not called listen() yet';
}

/** The table of the family. */
export const unixRows: readonly AdviceRow[] = [
  { calls: ['bind'], codes: ['EADDRINUSE'], when: hasPath, text: pathInUse },
  {
    calls: ['bind'],
    codes: ['EADDRINUSE'],
    text: 'another socket is bound to this abstract name; ss -xlp shows its process',
    windows: null,
  },
  { calls: ['bind'], codes: ['ENOENT'], when: hasPath, text: 'the directory does not exist' },
  {
    calls: ['bind'],
    codes: ['EACCES'],
    when: hasPath,
    text: 'the directory must be writable for this user',
  },
  {
    calls: ['bind'],
    codes: ['EINVAL'],
    text: 'the socket already has an address; another address needs another socket',
  },
  {
    calls: ['connect', 'send'],
    codes: ['ENOENT'],
    when: hasPath,
    text: 'there is no socket at this path: check that the server was started',
  },
  { calls: ['connect', 'send'], codes: ['ECONNREFUSED'], when: hasPath, text: refused },
  {
    calls: ['connect', 'send'],
    codes: ['ECONNREFUSED'],
    when: ({ address }) => address !== undefined && 'abstract' in address,
    text: 'no socket of this network namespace is bound to this abstract name, or it does not listen',
  },
  {
    calls: ['connect', 'send'],
    codes: ['EPROTOTYPE'],
    text: ({ type }) => `the socket at this address has a different type; this socket is ${typeLabel(type)}`,
  },
  {
    calls: ['connect', 'send'],
    codes: ['EACCES'],
    when: hasPath,
    text: 'the socket file must be writable, and its directories searchable, for this user',
  },
  {
    calls: ['send'],
    codes: ['EMSGSIZE'],
    text: 'the message is longer than the send buffer: so.sndbuf, up to sysctl net.core.wmem_max',
    windows: null,
  },
  {
    calls: ['send'],
    codes: ['EPERM'],
    text: "sending another process's credentials needs CAP_SYS_ADMIN, CAP_SETUID or CAP_SETGID",
    windows: null,
  },
];

/** Returns advice for a failed call on a Unix socket. */
export const adviseUnix: (failure: Failure) => string | undefined = adviceFrom(unixRows);
