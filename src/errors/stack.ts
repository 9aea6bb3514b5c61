/**
 * Stacks that begin at the frame of the caller.
 *
 * An error is created deep inside the package, so its first frames are the package's own and do not help the caller.
 * Formatting a stack costs twice as much as capturing it, and many errors (`EAGAIN`) are never printed. An error
 * therefore captures its frames when it is created, and formats and trims them when `stack` is first read.
 */
import { readFileSync } from 'node:fs';

/** The number of frames to capture beyond the limit, so that frames that are trimmed do not replace the caller's. */
const OWN_DEPTH = 16;

/**
 * Calls `make` with a higher limit of frames. The limit is not changed if no frames are captured or it is read-only.
 */
export function withMoreFrames<T>(make: () => T): T {
  const limit: unknown = Error.stackTraceLimit;
  if (typeof limit !== 'number' || !setLimit(limit + OWN_DEPTH)) return make();
  try {
    return make();
  } finally {
    setLimit(limit);
  }
}

/**
 * Sets the number of frames that an error captures. Returns false if the limit is read-only, as with
 * `--frozen-intrinsics`.
 */
export function setLimit(limit: number | undefined): boolean {
  try {
    Error.stackTraceLimit = limit as number; // without a number, none are captured, at no cost
    return true;
  } catch {
    return false;
  }
}

/** Removes this package's own frames from the beginning of an error's stack. Returns the error. */
export function trimStack<E extends Error>(error: E): E {
  const stack: unknown = error.stack;
  if (typeof stack !== 'string') return error; // a program's Error.prepareStackTrace returned it
  const [header, frames] = splitStack(stack);
  const trimmed = limited(trimFrames(frames));
  if (trimmed.length !== frames.length) error.stack = joinStack(header, trimmed);
  return error;
}

/**
 * Returns the stack of an error: its own header, and the frames that `recorded` captured when the error was created.
 */
export function stackFrom(error: Error, recorded: Error): string {
  const { stack } = recorded;
  if (typeof stack !== 'string') return stack as never; // as in trimStack
  return joinStack(headerOf(error), limited(trimFrames(splitStack(stack)[1])));
}

/** Returns `ConnectionRefusedError: connect ECONNREFUSED 127.0.0.1:1`. */
export function headerOf({ name, message }: Error): string {
  return message === '' ? name : `${name}: ${message}`;
}

/** Joins a header and frames, the reverse of `splitStack`. */
export function joinStack(header: string, frames: readonly string[]): string {
  return [header, ...frames].join('\n');
}

/** A frame in the format of V8 and Bun, `    at f (file:1:2)`, or of JavaScriptCore, `f@file:1:2`. */
const FRAME = /^\s+at |^[^\s@]*@\S+:\d+:\d+$/;

/** Splits a stack into its header, which can have several lines, and its frames. */
export function splitStack(stack: string): [header: string, frames: string[]] {
  const lines = stack.split('\n');
  let first = lines.length;
  while (first > 0 && FRAME.test(lines[first - 1]!)) first--;
  return [lines.slice(0, first).join('\n'), lines.slice(first)];
}

function limited(frames: readonly string[]): readonly string[] {
  const limit: unknown = Error.stackTraceLimit;
  return typeof limit === 'number' && frames.length > limit ? frames.slice(0, limit) : frames;
}

/**
 * Returns the frames from the caller's first frame on. It returns all frames if none is the caller's: then a callback
 * of the runtime created the error, and there are only the package's frames.
 */
export function trimFrames(frames: readonly string[], folders: readonly string[] = ownFolders()): string[] {
  let own = 0;
  for (const [index, frame] of frames.entries()) {
    if (isOwn(frame, folders)) own = index + 1;
    else if (!isRuntime(frame)) return frames.slice(own);
  }
  return [...frames];
}

/** Returns whether a frame belongs to the program that uses the package. */
export function isForeign(frame: string): boolean {
  return !isOwn(frame, ownFolders()) && !isRuntime(frame);
}

function isOwn(frame: string, folders: readonly string[]): boolean {
  const path = frame.replaceAll('\\', '/');
  // A test file beside the module that it tests is a caller.
  return folders.some(folder => path.includes(folder)) && !path.includes('.test.');
}

/**
 * Returns whether a frame belongs to the runtime: `at new Promise (<anonymous>)`, `at f (node:net:1:2)`. `unknown:` is
 * Bun’s location of an implicit constructor.
 */
function isRuntime(frame: string): boolean {
  return /<anonymous>|\(?(node|ext|bun|internal|unknown):|\bnative\b|\[native code\]/.test(frame);
}

let own: readonly string[] | undefined;

/**
 * Returns the folders with the package's code, as they appear in frames. They are determined when a stack is first
 * read.
 */
function ownFolders(): readonly string[] {
  if (own === undefined) {
    const [, frames] = splitStack(String(new Error('here').stack));
    own = foldersOf(frames[0] ?? '');
  }
  return own;
}

/**
 * Returns the folders of a package, given a frame in it: that of this module. Returns none if they cannot be
 * distinguished from the program's own code, as in a program that is bundled into one file.
 */
export function foldersOf(frame: string): readonly string[] {
  const path = frame.replaceAll('\\', '/');
  // `file://` is optional: a bundle for require() has plain paths.
  const found = /(?:file:\/\/)?((?:\/|[A-Za-z]:\/)[^()]*\/)(?:dist|src)\/(.*?):\d+:\d+\)?$/.exec(path);
  if (found === null) return [];
  const [, root, file] = found as unknown as [string, string, string];
  const isPackage =
    /^errors\/stack\.[cm]?[jt]s$/.test(file) || root.endsWith('/node_modules/berkeley/') || isNamed(root);
  return isPackage ? [`${root}dist/`, `${root}src/`] : [];
}

function isNamed(root: string): boolean {
  try {
    const folder = decodeURI(root).replace(/^\/(?=[A-Za-z]:\/)/, ''); // file:///C:/… on Windows
    return JSON.parse(readFileSync(`${folder}package.json`, 'utf8')).name === 'berkeley';
  } catch {
    return false;
  }
}
