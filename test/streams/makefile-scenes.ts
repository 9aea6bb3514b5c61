/**
 * Scenes that run on files over sockets, here and in Python: what the peer sends, and the calls that are
 * made.
 */

import { setImmediate as turn } from 'node:timers/promises';
import {
  type BinaryFile,
  BrokenPipeError,
  SHUT_WR,
  type Socket,
  SocketError,
  socketpair,
  type TextFile,
} from 'berkeley';

/** A call by its Python name, with JSON arguments. Bytes are `{ hex }`. */
export type Call = readonly [name: string, ...args: unknown[]];

export interface Scene {
  readonly mode: string;
  readonly buffering?: number;
  readonly text: {
    readonly encoding?: string;
    readonly errors?: string;
    readonly newline?: string | null;
  };
  /** The pieces that the peer sends before it ends the stream, in hexadecimal. */
  readonly feed: readonly string[];
  readonly calls: readonly Call[];
}

type File = BinaryFile | TextFile;
type Face = 'promise' | 'Sync';

/** The names of the encodings here and in Python. */
const encodings: Readonly<Record<string, string>> = { 'utf-16-le': 'utf-16le' };

function fromJson(argument: unknown): unknown {
  if (Array.isArray(argument)) return argument.map(fromJson);
  if (typeof argument !== 'object' || argument === null) return argument;
  return Buffer.from((argument as { hex: string }).hex, 'hex');
}

function toJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Uint8Array) return { hex: Buffer.from(value).toString('hex') };
  return value ?? null;
}

async function collect(lines: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

async function readInto(file: BinaryFile, size: number, face: Face): Promise<Buffer> {
  const memory = Buffer.alloc(size);
  return memory.subarray(0, face === 'Sync' ? file.readIntoSync(memory) : await file.readInto(memory));
}

async function call(file: File, name: string, args: unknown[], face: Face): Promise<unknown> {
  if (name === 'lines') return face === 'Sync' ? [...file] : collect(file);
  if (name === 'readinto') return readInto(file as BinaryFile, args[0] as number, face);
  const method = file[(face === 'Sync' ? `${name}Sync` : name) as 'read'] as (...args: unknown[]) => unknown;
  return method.apply(file, args.map(fromJson));
}

async function outcome(file: File, [name, ...args]: Call, face: Face): Promise<object> {
  try {
    return { value: toJson(await call(file, name, args, face)) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA' || code === 'ERR_INVALID_ARG_VALUE') {
      return { failure: 'encoding' };
    }
    if (code === 'ERR_INVALID_ARG_TYPE') return { failure: 'type' };
    if (error instanceof SocketError && code === 'EBADF') return { failure: 'refused' };
    throw error;
  }
}

async function feed(peer: Socket<'unix'>, pieces: readonly string[], slowly: boolean): Promise<void> {
  try {
    for (const piece of pieces) {
      await peer.sendAll(Buffer.from(piece, 'hex'));
      if (slowly) await turn();
    }
    peer.shutdown(SHUT_WR);
  } catch (error) {
    if (!(error instanceof BrokenPipeError)) throw error; // the scene ended before everything was sent
  }
}

/**
 * Plays a scene here. In the Sync face the peer sends everything first, because it cannot send while this
 * thread waits.
 */
export async function play(scene: Scene, face: Face): Promise<unknown[]> {
  const [here, peer] = socketpair();
  const feeding = feed(peer, scene.feed, face === 'promise');
  if (face === 'Sync') await feeding;
  const { encoding = 'utf-8', ...rest } = scene.text;
  const text = scene.mode.includes('b') ? {} : { ...rest, encoding: encodings[encoding] ?? encoding };
  const options = { buffering: scene.buffering, ...text };
  const file = here.makefile(scene.mode as 'r', options as object);
  const outcomes: unknown[] = [];
  for (const each of scene.calls) outcomes.push(await outcome(file, each, face));
  here.close();
  await file.close();
  await feeding;
  const received: Buffer[] = [];
  for await (const piece of peer.chunks()) received.push(piece);
  peer.close();
  return [...outcomes, toJson(Buffer.concat(received))];
}
