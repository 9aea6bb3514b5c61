import { invalidType } from '../errors/argument.js';
import { promised } from '../socket/handle.js';
import { answered, answeredSync, checkPatience, type Inquiry, type Patience } from './answer.js';
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
import { Questions } from './questions.js';
import { closedError, openDescriptorOf, type Selectable } from './target.js';

/** What select(2) counts as readable, writable, exceptional: POLLIN_SET and its kin of the kernel's fs/select.c. */
const IN = POLLIN | POLLRDNORM | POLLRDBAND;
const OUT = POLLOUT | POLLWRNORM | POLLWRBAND;
const READABLE = IN | POLLHUP | POLLERR;
const WRITABLE = OUT | POLLERR;
const EXCEPTIONAL = POLLPRI;

/** What is ready: of the readers, of the writers, of the exceptional. */
export type Selected<R extends Selectable, W extends Selectable, X extends Selectable> = [
  readers: R[],
  writers: W[],
  exceptional: X[],
];

/** One of the three lists. */
interface List<T extends Selectable> {
  readonly targets: readonly T[];
  readonly name: string;
  readonly asked: number;
  readonly counted: number;
}

class Selection<R extends Selectable, W extends Selectable, X extends Selectable>
  implements Inquiry<Selected<R, W, X>>
{
  readonly syscall = 'select';
  readonly #lists: readonly [List<R>, List<W>, List<X>];
  #places: number[][] = [];

  constructor(readers: Iterable<R>, writers: Iterable<W>, exceptional: Iterable<X>) {
    this.#lists = [
      { targets: checkList(readers, 'readers'), name: 'readers', asked: IN, counted: READABLE },
      { targets: checkList(writers, 'writers'), name: 'writers', asked: OUT, counted: WRITABLE },
      {
        targets: checkList(exceptional, 'exceptional'),
        name: 'exceptional',
        asked: EXCEPTIONAL,
        counted: EXCEPTIONAL,
      },
    ];
  }

  questions(): Questions {
    const questions = new Questions(this.#lists.reduce((sum, { targets }) => sum + targets.length, 0));
    this.#places = this.#lists.map(({ targets, name, asked }) =>
      targets.map((target, i) =>
        questions.ask(target, openDescriptorOf(target, `${name}[${i}]`, this.syscall), asked),
      ),
    );
    return questions;
  }

  answer(questions: Questions): Selected<R, W, X> | undefined {
    for (let place = 0; place < questions.count; place++) {
      if (questions.ready(place) & POLLNVAL) throw closedError(this.syscall);
    }
    const chosen = this.#lists.map(({ targets, counted }, list) =>
      (targets as readonly Selectable[]).filter(
        (_, i) => (questions.ready(this.#places[list]![i]!) & counted) !== 0,
      ),
    );
    return chosen.some(({ length }) => length > 0) ? (chosen as Selected<R, W, X>) : undefined;
  }

  nothing(): Selected<R, W, X> {
    return [[], [], []];
  }
}

function checkList<T extends Selectable>(list: Iterable<T>, argument: string): readonly T[] {
  if (typeof list !== 'object' || list === null || !(Symbol.iterator in list)) {
    throw invalidType(
      argument,
      'an iterable of descriptors, or of objects with a descriptor in their fd',
      list,
    );
  }
  return [...list];
}

/**
 * Waits until one of these can be read, written, or has something exceptional, without blocking the thread.
 *
 * The same answers as select(2) gives, for any number of descriptors: there is no FD_SETSIZE. A listening socket with a
 * connection to accept is readable, as is a stream at its end; a socket that was connecting is writable when that has
 * succeeded or failed (`SO_ERROR` says which); urgent data is exceptional; files are always ready.
 *
 * ```ts
 * const [readable] = await select([socket, 0], [], [], 1000); // standard input too
 * ```
 *
 * @param readers descriptors, or objects with a descriptor in their `fd`; the same may be in several lists
 * @param writers likewise
 * @param exceptional likewise
 * @param timeout milliseconds, 0 to look and not wait, `null` for no limit (the default); or an object with those in
 *   its `timeout`, and a `signal`
 * @returns three lists of what was given and is ready, in its order; three empty ones when the time is over
 * @throws SocketError `EBADF` if one of them is closed, or if a `Socket` among them is closed meanwhile. A plain
 *   descriptor that is closed meanwhile is not noticed, unless something else happens.
 * @see select(2)
 */
export function select<R extends Selectable, W extends Selectable, X extends Selectable>(
  readers: Iterable<R>,
  writers: Iterable<W>,
  exceptional: Iterable<X>,
  timeout?: Patience,
): Promise<Selected<R, W, X>> {
  return promised(() => answered(new Selection(readers, writers, exceptional), checkPatience(timeout)));
}

/**
 * {@link select}, in this thread, which it blocks.
 *
 * @param timeout milliseconds, 0 to look and not wait, `null` for no limit (the default)
 */
export function selectSync<R extends Selectable, W extends Selectable, X extends Selectable>(
  readers: Iterable<R>,
  writers: Iterable<W>,
  exceptional: Iterable<X>,
  timeout?: number | null,
): Selected<R, W, X> {
  return answeredSync(new Selection(readers, writers, exceptional), checkPatience(timeout).timeout);
}
