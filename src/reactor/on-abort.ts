/**
 * Calls a function when a signal is aborted; before this function returns, if the signal is aborted already.
 *
 * @param listener is called at most once, with the reason
 * @returns a function that stops to listen
 */
export function onAbort(signal: AbortSignal | undefined, listener: (reason: unknown) => void): () => void {
  const listen = () => listener(signal!.reason);
  if (signal?.aborted) listen();
  else signal?.addEventListener('abort', listen, { once: true });
  return () => signal?.removeEventListener('abort', listen);
}
