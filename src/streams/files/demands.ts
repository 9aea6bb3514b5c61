/** What the calls that read a file wait for. */
import type { Demand } from './fill.js';
import type { Inbox } from './inbox.js';

/** The most that one recv(2) is asked for: as much as the thread's scratch holds. */
const CHUNK = 65536;

/** Whether a call could end now. */
export function isMet<Out, T>(inbox: Inbox<Out>, demand: Demand<Out, T>): boolean {
  return inbox.failure !== undefined || demand.wants(inbox) === 0;
}

/** What was received before the failure is still to be had; then comes the failure. */
function take<Out>(inbox: Inbox<Out>, isEnough: boolean, from: () => Out): Out {
  if (inbox.failure !== undefined && !isEnough) throw inbox.failure;
  return from();
}

/** `size` bytes or characters; fewer only at the end. `Infinity` is all to the end. */
export function amount<Out>(size: number, buffer: number): Demand<Out, Out> {
  return {
    wants({ length }) {
      if (length >= size) return 0;
      return Math.min(CHUNK, Math.max(buffer, size - length));
    },
    take: inbox => take(inbox, inbox.length >= size, () => inbox.take(size)),
  };
}

/** A line, or `limit` bytes or characters of it. */
export function line<Out>(limit: number, buffer: number): Demand<Out, Out> {
  const isEnough = (inbox: Inbox<Out>): boolean => inbox.length >= limit || inbox.hasLine();
  return {
    wants: inbox => (isEnough(inbox) ? 0 : buffer),
    take: inbox => take(inbox, isEnough(inbox), () => inbox.takeLine(limit)),
  };
}

/** What one recv(2) gives: at most `size` bytes, at least one before the end. */
export function some<Out>(size: number): Demand<Out, Out> {
  return {
    wants: ({ length }) => (length > 0 ? 0 : size),
    take: inbox => inbox.take(size),
  };
}

/** A line, or `limit` bytes of it, and not a byte more off the socket. */
export function exactLine<Out>(limit: number, peek: number): Demand<Out, Out> {
  return {
    stopsAtNewline: true,
    wants: inbox => (inbox.hasLine() ? 0 : Math.max(0, Math.min(peek, limit - inbox.length))),
    take: inbox => inbox.takeLine(limit),
  };
}
