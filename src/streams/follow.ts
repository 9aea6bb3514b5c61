import type { EndpointHandle } from './endpoint.js';

/**
 * Calls `act` soon after the socket of a stream was closed. A stream that reads nothing at the moment would not learn it.
 *
 * Not at once: nothing that could throw runs while a socket is being closed. The reactor references the handle, so the
 * handle must not reference the stream: a stream that nobody uses any more is collected, and its socket with it.
 *
 * @param act must not reference `stream`
 * @returns stops that
 */
export function followWeakly<T extends object>(
  handle: EndpointHandle,
  stream: T,
  act: (stream: T) => void,
): () => void {
  const reference = new WeakRef(stream);
  return handle.follow(() => {
    const found = reference.deref();
    if (found !== undefined) process.nextTick(act, found);
  });
}
