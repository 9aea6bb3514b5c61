/**
 * The other end of a socket in a thread of its own, for what one thread cannot do in the Sync face: to answer while we
 * block. It is a worker that follows scripts, one after the other.
 */
import { Worker } from 'node:worker_threads';
import type { AnyAddress, AnySocket } from './rows.js';

export type Step =
  | { readonly pause: number }
  | { readonly send: string | Uint8Array }
  | { readonly shutdown: number }
  /** Receives that often, and forgets it. */
  | { readonly receive: number }
  | { readonly connect: AnyAddress }
  /** Accepts that many connections, and closes each. */
  | { readonly accept: number }
  /** Reads to the end; its digest and length are the script's result. */
  | { readonly drain: true };

/** What a draining peer received. */
export interface Drained {
  readonly length: number;
  readonly digest: string;
}

/** What the worker is sent. */
export interface Script {
  readonly fd: number;
  readonly steps: readonly Step[];
}

/** What it answers, in the order of the scripts. */
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

/** Runs the steps on a duplicate of the socket's descriptor; resolves when they are done. */
export async function startPeer(socket: AnySocket, steps: readonly Step[]): Promise<Drained | undefined> {
  worker ??= start();
  worker.ref();
  const script: Script = { fd: socket.dup().detach(), steps };
  worker.postMessage(script);
  const { result, failure } = await new Promise<Answer>(resolve => waiting.push(resolve));
  if (failure !== undefined) throw new Error(`the peer failed: ${failure}`);
  return result;
}
