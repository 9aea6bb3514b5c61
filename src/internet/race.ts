/**
 * "Happy Eyeballs", RFC 8305 sections 4 and 5: attempts start one after the other, each a short time after the previous
 * one or as soon as it has failed. The first connection wins. A broken IPv6 route then costs a quarter of a second
 * instead of the kernel's two minutes.
 */
import { onAbort } from '../reactor/on-abort.js';

/** The result of an attempt. Results that are not the winner are closed. */
export interface Closable {
  close(): void;
}

/** Alternates between the address families, and keeps the resolver's order within each (section 4). */
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
 * @param delay the time before the next attempt starts in parallel, in milliseconds
 * @param signal ends the race: after it is aborted, no attempt starts, and running ones are stopped
 * @param attempt is called with a signal that is aborted when another attempt wins or the race ends
 * @returns the winner; if all attempts fail, it rejects with their errors, in order
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
    let forget = (): void => {};

    const end = (reason?: unknown): void => {
      clearTimeout(timer);
      forget();
      stop.abort(reason);
    };
    const start = (): void => {
      clearTimeout(timer);
      const index = started++;
      if (started < candidates.length) timer = setTimeout(start, delay);
      attempt(candidates[index]!, stop.signal).then(won, error => lost(index, error));
    };
    const won = (winner: S): void => {
      if (stop.signal.aborted) {
        winner.close(); // two attempts succeeded in the same turn, or the race was aborted
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
    forget = onAbort(signal, reason => {
      end(reason);
      reject(reason);
    });
    if (!stop.signal.aborted) start();
  });
}

/** Returns a single error unchanged, and several as an `AggregateError` with the code of the first, as in Node.js. */
export function allErrors(errors: readonly unknown[]): unknown {
  if (errors.length === 1) return errors[0];
  const messages = errors.map(error => (error instanceof Error ? error.message : String(error)));
  const { code } = errors[0] as { code?: string };
  return Object.assign(new AggregateError(errors, `all addresses failed: ${messages.join('; ')}`), { code });
}
