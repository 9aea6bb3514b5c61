/** Ctrl-C: the first one ends a command in good order, the second one ends the process. */
import process from 'node:process';

const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];

/** Returns a signal that is aborted by the first SIGINT or SIGTERM. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  const abort = () => {
    for (const name of signals) process.removeListener(name, abort);
    controller.abort();
  };
  for (const name of signals) process.on(name, abort);
  return controller.signal;
}

/** Waits; ends early when the signal is aborted. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}
