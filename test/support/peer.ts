/**
 * The peer of a socket in another thread, which answers while the test's thread is blocked in a Sync call. It is a
 * worker that runs scripts, one after the other.
 */
import { Worker } from 'node:worker_threads';
import type { AnyAddress, AnySocket } from './rows.js';

export type Step =
  | { readonly pause: number }
  | { readonly send: string | Uint8Array }
  | { readonly shutdown: number }
  /** Receives this number of times, and discards the data. */
  | { readonly receive: number }
  | { readonly connect: AnyAddress }
  /** Accepts this number of connections, and closes each. */
  | { readonly accept: number }
  /** Reads to the end. The digest and length are the script's result. */
  | { readonly drain: true };

/** The data that a draining peer received. */
export interface Drained {
  readonly length: number;
  readonly digest: string;
}

/** A message to the worker. */
export interface Script {
  readonly fd: number;
  readonly steps: readonly Step[];
}

/** The worker's answer, in the order of the scripts. */
export interface Answer {
  readonly result?: Drained;
  /** The error's stack, if a step failed. */
  readonly failure?: string;
}

let worker: Worker | undefined;
let waiting: ((answer: Answer) => void)[] = [];

function start(): Worker {
  const started = new Worker(new URL('./peer-worker.js', import.meta.url));
  started.on('message', (answer: Answer) => {
    waiting.shift()!(answer);
    if (waiting.length === 0) started.unref();
  });
  started.on('error', error => {
    for (const settle of waiting) settle({ failure: String(error) });
    waiting = [];
  });
  return started;
}

/** Runs the steps on a duplicate of the socket's descriptor. Resolves when they are done. */
export async function startPeer(socket: AnySocket, steps: readonly Step[]): Promise<Drained | undefined> {
  worker ??= start();
  worker.ref();
  const script: Script = { fd: socket.dup().detach(), steps };
  worker.postMessage(script);
  const { result, failure } = await new Promise<Answer>(resolve => waiting.push(resolve));
  if (failure !== undefined) throw new Error(`the peer failed: ${failure}`);
  return result;
}
