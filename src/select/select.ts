import { invalidType, isRevoked } from '../errors/argument.js';
import {
  POLLERR,
  POLLHUP,
  POLLIN,
  POLLNVAL,
  POLLOUT,
  POLLPRI,
  POLLRDBAND,
  POLLRDNORM,
  POLLWRBAND,
  POLLWRNORM,
} from './events.js';
import {
  checkSelectTimeout,
  checkSyncSelectTimeout,
  type PollQuery,
  pollUntil,
  pollUntilSync,
  type SelectTimeout,
  type SyncSelectTimeout,
} from './poll-loop.js';
import { PollSet } from './poll-set.js';
import { closedTargetError, openDescriptorOf, type Selectable } from './target.js';

/** What select(2) counts as readable, writable and exceptional: POLLIN_SET, POLLOUT_SET and POLLEX_SET of the kernel's fs/select.c. */
const IN = POLLIN | POLLRDNORM | POLLRDBAND;
const OUT = POLLOUT | POLLWRNORM | POLLWRBAND;
const READABLE = IN | POLLHUP | POLLERR;
const WRITABLE = OUT | POLLERR;
const EXCEPTIONAL = POLLPRI;

/** The targets that are ready: readable, writable, and with an exceptional condition. */
export type Selected<R extends Selectable, W extends Selectable, X extends Selectable> = [
  readers: R[],
  writers: W[],
  exceptional: X[],
];

/** One of the three lists. */
interface List<T extends Selectable> {
  readonly targets: readonly T[];
  readonly name: string;
  /** The events that are polled. */
  readonly events: number;
  /** The events that count as ready. */
  readonly counted: number;
}

/** The three lists of one call. */
class SelectQuery<R extends Selectable, W extends Selectable, X extends Selectable>
  implements PollQuery<Selected<R, W, X>>
{
  readonly syscall = 'select';
  readonly #lists: readonly [List<R>, List<W>, List<X>];
  /** The index of each target's entry, by list. */
  #indexes: number[][] = [];

  constructor(readers: Iterable<R>, writers: Iterable<W>, exceptional: Iterable<X>) {
    this.#lists = [
      { targets: checkList(readers, 'readers'), name: 'readers', events: IN, counted: READABLE },
      { targets: checkList(writers, 'writers'), name: 'writers', events: OUT, counted: WRITABLE },
      {
        targets: checkList(exceptional, 'exceptional'),
        name: 'exceptional',
        events: EXCEPTIONAL,
        counted: EXCEPTIONAL,
      },
    ];
  }

  collect(): PollSet {
    const set = new PollSet(this.#lists.reduce((sum, { targets }) => sum + targets.length, 0));
    this.#indexes = this.#lists.map(({ targets, name, events }) =>
      targets.map((target, i) =>
        set.add(target, openDescriptorOf(target, `${name}[${i}]`, this.syscall), events),
      ),
    );
    return set;
  }

  result(set: PollSet): Selected<R, W, X> | undefined {
    for (let index = 0; index < set.size; index++) {
      if (set.ready(index) & POLLNVAL) throw closedTargetError(this.syscall);
    }
    const selected = this.#lists.map(({ targets, counted }, list) =>
      (targets as readonly Selectable[]).filter(
        (_, i) => (set.ready(this.#indexes[list]![i]!) & counted) !== 0,
      ),
    );
    return selected.some(({ length }) => length > 0) ? (selected as Selected<R, W, X>) : undefined;
  }

  nothing(): Selected<R, W, X> {
    return [[], [], []];
  }
}

function checkList<T extends Selectable>(list: Iterable<T>, argument: string): readonly T[] {
  if (
    typeof list !== 'object' ||
    list === null ||
    isRevoked(list) ||
    ArrayBuffer.isView(list) ||
    typeof list[Symbol.iterator] !== 'function'
  ) {
    throw invalidType(
      argument,
      'an iterable of descriptors, or of objects with a descriptor in their fd',
      list,
    );
  }
  return [...list];
}

/**
 * Waits until a target can be read or written, or has an exceptional condition, without blocking the thread.
 *
 * The result is that of select(2), for any number of descriptors: there is no FD_SETSIZE. A listening socket with a
 * connection to accept is readable, and so is a stream at its end. A socket with a pending connection is writable when the
 * connection has succeeded or failed (`SO_ERROR` says which). Urgent data is an exceptional condition. Files are always
 * ready.
 *
 * ```ts
 * const [readable] = await select([socket, 0], [], [], 1000); // 0 is standard input
 * ```
 *
 * @param readers descriptors, or objects with a descriptor in their `fd`. A target can be in several lists.
 * @param writers likewise
 * @param exceptional likewise
 * @param timeout milliseconds, 0 to poll without waiting, `null` for no limit (the default); or an object with a
 *   `timeout` and a `signal`
 * @returns the targets of each list that are ready, in order; three empty lists when the time has passed
 * @throws SocketError `EBADF` if a target is closed, or if a `Socket` among them is closed while the call waits. A plain
 *   descriptor that is closed while the call waits is not noticed until another target has an event.
 * @throws TypeError or RangeError naming the argument
 * @see select(2)
 */
export async function select<R extends Selectable, W extends Selectable, X extends Selectable>(
  readers: Iterable<R>,
  writers: Iterable<W>,
  exceptional: Iterable<X>,
  timeout?: SelectTimeout,
): Promise<Selected<R, W, X>> {
  return pollUntil(new SelectQuery(readers, writers, exceptional), checkSelectTimeout(timeout));
}

/**
 * Waits until a target can be read or written, or has an exceptional condition. Blocks the thread.
 *
 * @param readers descriptors, or objects with a descriptor in their `fd`
 * @param writers likewise
 * @param exceptional likewise
 * @param timeout milliseconds, 0 to poll without waiting, `null` for no limit (the default); or an object with a
 *   `timeout`
 * @see {@link select}
 */
export function selectSync<R extends Selectable, W extends Selectable, X extends Selectable>(
  readers: Iterable<R>,
  writers: Iterable<W>,
  exceptional: Iterable<X>,
  timeout?: SyncSelectTimeout,
): Selected<R, W, X> {
  const query = new SelectQuery(readers, writers, exceptional);
  return pollUntilSync(query, checkSyncSelectTimeout(timeout));
}
