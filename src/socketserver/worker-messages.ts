/** The messages between a server and its threads. Other messages on the same channel are ignored. */
import { inspect } from 'node:util';
import type { AddressOf } from '../address/address.js';
import type { ClientAddress, ServerFamily } from './request.js';

/** The property that marks a message. */
const MARK = 'berkeley.socketserver';

/** A request for a thread. The thread duplicates the descriptor, which stays open until it has answered `received`. */
export interface RequestMessage {
  readonly kind: 'request';
  readonly id: number;
  readonly fd: number;
  readonly family: number;
  readonly type: number;
  readonly protocol: number;
  /** The datagram; absent for a connection. */
  readonly data?: Uint8Array<ArrayBuffer> | undefined;
  readonly clientAddress: ClientAddress;
  readonly serverAddress: AddressOf<ServerFamily>;
}

/** From the server: the end of its loop, which a thread has asked for. */
export interface StoppedMessage {
  readonly kind: 'stopped';
  readonly id: number;
}

/** From a thread: it has its own descriptor; the request has ended; the handler failed; `server.shutdown()` was called. */
export type ThreadMessage =
  | { readonly kind: 'received' | 'done' | 'shutdown'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly error: ErrorRecord };

type Message = RequestMessage | StoppedMessage | ThreadMessage;

/** Marks a message. */
export function marked(message: Message): object {
  return { ...message, [MARK]: true };
}

/** Returns a message of the other thread; `undefined` for any other message. */
export function messageOf<M extends Message>(value: unknown): M | undefined {
  const isOurs = typeof value === 'object' && value !== null && MARK in value;
  return isOurs ? (value as M) : undefined;
}

/** An error as plain data: cloning drops the properties of an error, and fails for some of them. */
export interface ErrorRecord {
  readonly isError: boolean;
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly properties: Readonly<Record<string, string | number | boolean>>;
}

/** Describes what a handler has thrown. */
export function recordOf(thrown: unknown): ErrorRecord {
  if (!(thrown instanceof Error))
    return { isError: false, name: '', message: inspect(thrown), stack: undefined, properties: {} };
  const simple = Object.entries(thrown).filter(([, value]) => /^(string|number|boolean)$/.test(typeof value));
  const { name, message, stack } = thrown;
  return { isError: true, name, message, stack, properties: Object.fromEntries(simple) };
}

/** Creates the copy of an error of another thread. It has the name, the stack and the simple properties of the original. */
export function errorOf({ isError, name, message, stack, properties }: ErrorRecord): Error {
  if (!isError) return new Error(`The handler threw ${message}`);
  const error = Object.assign(new Error(message), properties);
  Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
  Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true });
  return error;
}
