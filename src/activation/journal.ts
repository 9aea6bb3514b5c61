import { closeSync, constants, fstatSync, openSync, unlinkSync, writeSync } from 'node:fs';
import process from 'node:process';
import { SOCK_DGRAM } from '../constants/socket.js';
import { checkInteger, checkText } from '../errors/argument.js';
import { environmentVariable } from '../errors/environment.js';
import { SocketError } from '../errors/errors.js';
import { AF_UNIX } from '../families/unix/constants.js';
import {
  checkSyncWaitOptions,
  checkWaitOptions,
  type SyncWaitOptions,
  type WaitOptions,
} from '../reactor/wait-options.js';
import { Socket } from '../socket/socket.js';
import { encodeEntry, type JournalFields } from './journal-entry.js';

/** The socket of systemd-journald (systemd-journald.service(8)). */
const PATH = '/run/systemd/journal/socket';

/**
 * A connection to the journal. Entries have any fields, and values of any length and any bytes, which syslog and lines on
 * standard error do not.
 *
 * ```ts
 * using journal = new Journal();
 * await journal.send({ MESSAGE: 'Connection refused', PRIORITY: 3, PEER: '192.0.2.1', ATTEMPT: 4 });
 * ```
 *
 * @see sd_journal_send(3)
 */
export class Journal implements Disposable {
  readonly #socket: Socket<'unix'>;
  readonly #path: string;

  /**
   * @param path the socket of the journal; that of the system by default
   * @throws SocketError `EMFILE`, …
   */
  constructor(path: string = PATH) {
    this.#path = checkText(path, 'path');
    this.#socket = new Socket(AF_UNIX, SOCK_DGRAM);
    this.#socket.timeout = null;
  }

  /**
   * Sends an entry. Entries that do not fit in a datagram are passed in a file of memory.
   *
   * @param fields the fields: at least one
   * @param options `{ timeout, signal }`; a busy journal lets its clients wait
   * @throws TypeError if a name or value is invalid
   * @throws SocketError `ENOENT` or `ECONNREFUSED` if there is no journal; `EBADF` if this object is closed
   */
  async send(fields: JournalFields, options?: WaitOptions): Promise<void> {
    const entry = encodeEntry(fields);
    const wait = checkWaitOptions(options);
    try {
      await this.#socket.sendto(entry, { path: this.#path }, wait);
    } catch (error) {
      if (!isTooLong(error)) throw error;
      using file = new MemoryFile(entry);
      await this.#socket.sendFds('', [file.fd], { address: { path: this.#path }, ...wait });
    }
  }

  /** Sync form of {@link send}. */
  sendSync(fields: JournalFields, options?: SyncWaitOptions): void {
    const entry = encodeEntry(fields);
    const timeout = checkSyncWaitOptions(options);
    try {
      this.#socket.sendtoSync(entry, { path: this.#path }, { timeout });
    } catch (error) {
      if (!isTooLong(error)) throw error;
      using file = new MemoryFile(entry);
      this.#socket.sendFdsSync('', [file.fd], { address: { path: this.#path }, timeout });
    }
  }

  /** Closes the socket. */
  close(): void {
    this.#socket.close();
  }

  /** Closes the socket: {@link close}. */
  [Symbol.dispose](): void {
    this.close();
  }
}

/** A datagram is limited by the send buffer (EMSGSIZE) and by the memory for one allocation (ENOBUFS). */
function isTooLong(error: unknown): boolean {
  return error instanceof SocketError && (error.code === 'EMSGSIZE' || error.code === 'ENOBUFS');
}

/**
 * A file without a name that holds an entry. journald reads files only if they are sealed or directly in one of these
 * folders (src/journal/journald-native.c, server_process_native_file).
 */
class MemoryFile implements Disposable {
  readonly fd: number;

  constructor(entry: Uint8Array) {
    const name = `/dev/shm/berkeley-journal-${process.pid}-${process.hrtime.bigint()}`;
    this.fd = openSync(name, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
    try {
      unlinkSync(name);
      for (let written = 0; written < entry.length; ) written += writeSync(this.fd, entry, written);
    } catch (error) {
      closeSync(this.fd);
      throw error;
    }
  }

  [Symbol.dispose](): void {
    closeSync(this.fd);
  }
}

/**
 * Returns whether a descriptor of this process is connected to the journal, so that lines written to it become entries. A
 * program can then send its entries to the journal directly.
 *
 * @param fd the descriptor; 2, standard error, by default
 * @see systemd.exec(5), JOURNAL_STREAM
 */
export function isJournalStream(fd = 2): boolean {
  checkInteger(fd, 'fd', 0, 0x7fffffff);
  const stream = environmentVariable('JOURNAL_STREAM');
  if (stream === undefined) return false;
  try {
    const { dev, ino } = fstatSync(fd, { bigint: true });
    return stream === `${dev}:${ino}`;
  } catch {
    return false; // it is not open
  }
}
