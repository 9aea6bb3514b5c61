import type { EndpointHandle } from './endpoint.js';

/**
 * Calls `act` soon after the socket of a stream was closed. A stream that is not reading would not notice it
 * otherwise.
 *
 * The call is not immediate, because code that can throw must not run while a socket is being closed. The reactor
 * references the handle, so the handle must not reference the stream. An unused stream can then be garbage collected
 * together with its socket.
 *
 * @param act must not reference `stream`
 * @returns a function that cancels the call
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
