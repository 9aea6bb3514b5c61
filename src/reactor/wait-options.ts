/** How long a call can wait: a signal that aborts it, and a limit in milliseconds. */
export interface WaitOptions {
  /** Aborts the call: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** The limit for the whole call, in milliseconds; 0 never waits; `null` or absent: no limit. */
  readonly timeout?: number | null | undefined;
}
