/**
 * Entry point `berkeley/select`: waits for many descriptors at the same time with `select`, `poll`, or a `Selector` over epoll(7).
 *
 * ```ts
 * import { POLLIN, Selector } from 'berkeley/select';
 *
 * using selector = new Selector<string>();
 * selector.register(socket, POLLIN, 'a socket');
 * selector.register(0, POLLIN, 'standard input');
 * for (const { data, events } of await selector.wait({ timeout: 1000 })) console.log(data, events);
 * ```
 *
 * @packageDocumentation
 */
export {
  POLLERR,
  POLLHUP,
  POLLIN,
  POLLNVAL,
  POLLOUT,
  POLLPRI,
  POLLRDBAND,
  POLLRDHUP,
  POLLRDNORM,
  POLLWRBAND,
  POLLWRNORM,
} from './select/events.js';
export type { Ready } from './select/interests.js';
export { Poll, type Polled, poll } from './select/poll.js';
export type { SelectTimeout, SyncSelectTimeout } from './select/poll-loop.js';
export { type Selected, select, selectSync } from './select/select.js';
export {
  type InterestOptions,
  Selector,
  type SelectorWait,
  type SyncSelectorWait,
} from './select/selector.js';
export type { Selectable } from './select/target.js';
