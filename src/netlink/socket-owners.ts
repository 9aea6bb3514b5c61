/** The processes that have a socket open: the links in /proc/<pid>/fd. proc(5). */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import type { WaitDeadline } from '../reactor/wait-deadline.js';

/** A file descriptor of a socket. */
export interface SocketOwner {
  /** The id of the process. */
  readonly pid: number;
  /** The name of the program, at most 15 characters: /proc/<pid>/comm. */
  readonly command: string;
  /** The number of the descriptor in that process. */
  readonly fd: number;
}

/** The owners of each socket, by its inode number. */
export type Owners = ReadonlyMap<number, readonly SocketOwner[]>;

const PROC = '/proc';
const PID = /^\d+$/;
const LINK = /^socket:\[(\d+)\]$/;

/** The descriptors of a process: the number and the link of each. */
type Links = readonly (readonly [fd: string, link: string])[];

/** Collects the sockets of one process after the other. */
class Collection {
  readonly owners = new Map<number, SocketOwner[]>();

  add(pid: string, command: string, links: Links): void {
    for (const [fd, link] of links) {
      const inode = Number(LINK.exec(link)?.[1]);
      if (Number.isNaN(inode)) continue;
      const owner = Object.freeze({ pid: Number(pid), command: command.replace(/\n$/, ''), fd: Number(fd) });
      const others = this.owners.get(inode);
      if (others === undefined) this.owners.set(inode, [owner]);
      else others.push(owner);
    }
  }
}

/**
 * Whether a process can be skipped: it has ended meanwhile (ENOENT, ESRCH), or this process is not allowed to see it
 * (EACCES, EPERM).
 */
function canSkip(error: unknown): boolean {
  return ['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(String((error as { code?: unknown }).code));
}

function absent(error: unknown): undefined {
  if (!canSkip(error)) throw error;
}

/** Reads the owners of all sockets. Other work of the thread continues meanwhile. */
export async function readOwners(deadline: WaitDeadline): Promise<Owners> {
  const collection = new Collection();
  for (const pid of (await readdir(PROC)).filter(name => PID.test(name))) {
    deadline.signal?.throwIfAborted();
    deadline.check();
    const folder = `${PROC}/${pid}/fd`;
    const fds = (await readdir(folder).catch(absent)) ?? [];
    const read = async (fd: string) => [fd, (await readlink(`${folder}/${fd}`).catch(absent)) ?? ''] as const;
    const links = await Promise.all(fds.map(read));
    const command = await readFile(`${PROC}/${pid}/comm`, 'utf8').catch(absent);
    collection.add(pid, command ?? '', links);
  }
  return collection.owners;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    return absent(error);
  }
}

/** Sync form of {@link readOwners}. */
export function readOwnersSync(deadline: WaitDeadline): Owners {
  const collection = new Collection();
  for (const pid of readdirSync(PROC).filter(name => PID.test(name))) {
    deadline.check();
    const folder = `${PROC}/${pid}/fd`;
    const fds = attempt(() => readdirSync(folder)) ?? [];
    const links = fds.map(fd => [fd, attempt(() => readlinkSync(`${folder}/${fd}`)) ?? ''] as const);
    const command = attempt(() => readFileSync(`${PROC}/${pid}/comm`, 'utf8'));
    collection.add(pid, command ?? '', links);
  }
  return collection.owners;
}
