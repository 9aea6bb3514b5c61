/** The exit codes of `berkeley`, which docs/cli.md and the man page list. */

/** The command did what it was asked for. */
export const DONE = 0;
/** It failed: no answer, a refused connection, a missing privilege. */
export const FAILED = 1;
/** The command line is wrong. */
export const MISUSED = 2;
/** Ctrl-C ended a command that had not done its work: 128 and the number of SIGINT, as shells report it. */
export const INTERRUPTED = 130;
