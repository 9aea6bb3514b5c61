/** The conditions that end the calls which read a file. */
import type { Demand } from './fill.js';
import type { Inbox } from './inbox.js';

/** The maximum size of one recv(2) call: the size of the thread’s scratch buffer. */
const CHUNK = 65536;

/** Returns whether a call could end now. */
export function isMet<Out, T>(inbox: Inbox<Out>, demand: Demand<Out, T>): boolean {
  return inbox.failure !== undefined || demand.wants(inbox) === 0;
}

/** Takes the data that was received before a failure. If there is none, throws the failure. */
function take<Out>(inbox: Inbox<Out>, isEnough: boolean, from: () => Out): Out {
  if (inbox.failure !== undefined && !isEnough) throw inbox.failure;
  return from();
}

/** Reads `size` bytes or characters; fewer only at the end of the stream. `Infinity` reads all data up to the end. */
export function amount<Out>(size: number, buffer: number): Demand<Out, Out> {
  return {
    wants({ length }) {
      if (length >= size) return 0;
      return Math.min(CHUNK, Math.max(buffer, size - length));
    },
    take: inbox => take(inbox, inbox.length >= size, () => inbox.take(size)),
  };
}

/** Reads a line, or at most `limit` bytes or characters of it. */
export function line<Out>(limit: number, buffer: number): Demand<Out, Out> {
  const isEnough = (inbox: Inbox<Out>): boolean => inbox.length >= limit || inbox.hasLine();
  return {
    wants: inbox => (isEnough(inbox) ? 0 : buffer),
    take: inbox => take(inbox, isEnough(inbox), () => inbox.takeLine(limit)),
  };
}

/** Reads the result of one recv(2) call: at most `size` bytes, and at least one before the end of the stream. */
export function some<Out>(size: number): Demand<Out, Out> {
  return {
    wants: ({ length }) => (length > 0 ? 0 : size),
    take: inbox => inbox.take(size),
  };
}

/** Reads a line, or `limit` bytes of it, and takes no byte more from the socket. */
export function exactLine<Out>(limit: number, peek: number): Demand<Out, Out> {
  return {
    stopsAtNewline: true,
    wants: inbox => (inbox.hasLine() ? 0 : Math.max(0, Math.min(peek, limit - inbox.length))),
    take: inbox => inbox.takeLine(limit),
  };
}
