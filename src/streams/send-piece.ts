import { binding } from '../binding.js';
import { YIELD } from '../reactor/operation.js';
import { callFor, PROMISE } from '../socket/call.js';
import type { AnyCore } from '../socket/core.js';
import { Sending } from '../socket/send.js';
import { COPIED } from './pieces.js';

/** The number of partial send calls per attempt, before other sockets are served. */
const SHARE = 16;

/** The memory in which the pieces of one send call are joined. It is shared by all streams of a thread. */
let memory: Buffer | undefined;
let view: Buffer | undefined;

/** A piece of data that a program has written to a stream. */
export interface Piece {
  readonly chunk: Buffer | string;
  readonly encoding: BufferEncoding;
}

/** Returns the bytes of a piece, without copying a buffer. */
export function bytesOf({ chunk, encoding }: Piece): Buffer {
  return typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
}

/** Returns the largest number of bytes that a piece can have. A UTF-16 unit has at most three bytes in UTF-8. */
function atMost({ chunk }: Piece): number {
  return typeof chunk === 'string' ? 3 * chunk.length : chunk.length;
}

/** Joins pieces in memory that is valid until the next call; `undefined` if they are too long. */
export function join(pieces: readonly Piece[]): Buffer | undefined {
  let most = 0;
  for (const piece of pieces) most += atMost(piece);
  if (most > COPIED) return undefined;
  memory ??= Buffer.allocUnsafeSlow(COPIED);
  let end = 0;
  for (const { chunk, encoding } of pieces)
    end += typeof chunk === 'string' ? memory.write(chunk, end, encoding) : chunk.copy(memory, end);
  if (view?.length !== end) view = memory.subarray(0, end);
  return view;
}

/** Calls send(2) until all bytes of a piece are sent. */
export class SendPiece extends Sending<void> {
  #rest: Uint8Array;
  #sent = 0;

  /** @param onSent is called with the number of bytes that each system call has sent */
  constructor(
    core: AnyCore,
    data: Uint8Array,
    private readonly onSent: (bytes: number) => void,
  ) {
    super(core, callFor(core, PROMISE, {}), data);
    this.#rest = data;
  }

  get progress(): number {
    return this.#sent;
  }

  /** Copies the bytes that are not sent, because the call waits and their memory is about to be reused. */
  keep(): void {
    this.#rest = Buffer.from(this.#rest);
  }

  attempt(): number {
    for (let step = 0; step < SHARE; step++) {
      const result = binding.send(this.core.fd, this.#rest, this.flags);
      if (result < 0) return result;
      this.#sent += result;
      this.onSent(result);
      if (result === this.#rest.length) return this.#sent;
      this.#rest = this.#rest.subarray(result);
    }
    return YIELD;
  }

  finish(): void {}
}
