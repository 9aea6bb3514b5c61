/**
 * "Happy Eyeballs", RFC 8305 sections 4 and 5: attempts start one after the other, each a little after the last or at
 * once when the last has failed, and the first connection wins. A dead IPv6 route then costs a quarter of a second
 * instead of the kernel's two minutes.
 */

/** What is raced: something that has to be closed when it is not the winner. */
export interface Closable {
  close(): void;
}

/** Alternates between the address families, keeping the resolver's order within each (section 4). */
export function interleave<T extends { readonly family: number }>(addresses: readonly T[]): T[] {
  const first = addresses.filter(({ family }) => family === addresses[0]?.family);
  const others = addresses.filter(({ family }) => family !== addresses[0]?.family);
  const mixed: T[] = [];
  for (let i = 0; i < Math.max(first.length, others.length); i++) {
    mixed.push(...first.slice(i, i + 1), ...others.slice(i, i + 1));
  }
  return mixed;
}

/**
 * Runs `attempt` for the candidates until one succeeds.
 *
 * @param delay milliseconds that an attempt has before the next one starts beside it
 * @param signal ends the race: no attempt starts after it is aborted, and those that run are stopped
 * @param attempt is given a signal that is aborted when another attempt has won, or the race has ended
 * @returns the winner; rejects with every attempt's error, in order, when all have failed
 */
export function race<T, S extends Closable>(
  candidates: readonly T[],
  delay: number,
  signal: AbortSignal | undefined,
  attempt: (candidate: T, stop: AbortSignal) => Promise<S>,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const stop = new AbortController();
    const errors: unknown[] = [];
    let started = 0;
    let failed = 0;
    let timer: NodeJS.Timeout | undefined;

    const end = (reason?: unknown): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      stop.abort(reason);
    };
    const onAbort = (): void => {
      end(signal!.reason);
      reject(signal!.reason);
    };
    const start = (): void => {
      clearTimeout(timer);
      const index = started++;
      if (started < candidates.length) timer = setTimeout(start, delay);
      attempt(candidates[index]!, stop.signal).then(won, error => lost(index, error));
    };
    const won = (winner: S): void => {
      if (stop.signal.aborted) {
        winner.close(); // two succeeded in the same turn, or the race was aborted
        return;
      }
      end();
      resolve(winner);
    };
    const lost = (index: number, error: unknown): void => {
      errors[index] = error;
      if (stop.signal.aborted) return;
      if (++failed === candidates.length) {
        end();
        reject(allErrors(errors));
      } else if (failed === started) start();
    };
    if (signal?.aborted) {
      onAbort();
      return;
    }
    signal?.addEventListener('abort', onAbort);
    start();
  });
}

/** One error as it is; more as an `AggregateError` that keeps them all, with the code of the first, as Node has it. */
export function allErrors(errors: readonly unknown[]): unknown {
  if (errors.length === 1) return errors[0];
  const messages = errors.map(error => (error instanceof Error ? error.message : String(error)));
  const { code } = errors[0] as { code?: string };
  return Object.assign(
    new AggregateError(errors, `no address could be connected to: ${messages.join('; ')}`),
    { code },
  );
}
