/** Loads the addon of minimal.c, whose path is the first argument. */
import { createRequire } from 'node:module';

type Call = (fd: number, bytes: Uint8Array, flags: number) => number;

/** The functions of the addon. */
export interface Minimal {
  readonly recv: Call;
  readonly send: Call;
  /** Remembers the sender. */
  readonly recvfrom: Call;
  /** Sends to the last sender. */
  readonly answer: Call;
}

/** A copy: V8 stores an object to which native code has added properties as a hash table. */
export const minimal: Minimal = { ...(createRequire(import.meta.url)(process.argv[2]!) as Minimal) };
