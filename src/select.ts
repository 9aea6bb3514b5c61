/**
 * Waiting for many descriptors at once: `select`, `poll`, and a `Selector` over epoll(7). This page is the surface of
 * `berkeley/select`: names only.
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
export type { Patience } from './select/answer.js';
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
export { type Selected, select, selectSync } from './select/select.js';
export { type InterestOptions, Selector, type SelectorWait } from './select/selector.js';
export type { Selectable } from './select/target.js';
