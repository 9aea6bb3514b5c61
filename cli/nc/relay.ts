/** Copies the standard input to a connection, and the connection to the standard output. */
import process from 'node:process';
import { isTimeout, SocketError } from 'berkeley';
import { pause } from '../interrupt.js';
import type { Channel } from './channel.js';
import type { NcOptions } from './options.js';

/** Ends of a connection by the peer; they are no failure once it has ended its own direction. */
const gone = new Set(['EPIPE', 'ECONNRESET', 'EBADF']);

/** How long a server and a terminal can stay silent after the peer has ended, in milliseconds: that of socat. */
const SILENCE = 500;

/**
 * Relays until it is over:
 *
 * - The peer has ended, and so has the input. The peer may read on, so that the input is sent to its end, as by OpenBSD's
 *   nc; but the input of a server and of a terminal must not keep silent.
 * - `--quit` milliseconds after the end of the input.
 * - `--wait` milliseconds without data from the peer.
 */
export async function relay(channel: Channel, options: NcOptions, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const end = AbortSignal.any([signal, over.signal]);
  end.addEventListener('abort', () => channel.close());
  const state: RelayState = { peerEnded: false, lastInput: 0 };
  try {
    const output = copyToOutput(channel, options, state, end);
    const input = options.input ? copyInput(channel, options, state, end) : Promise.resolve();
    input.catch(() => {}); // the caller hears of it if it still waits for it
    if (options.quit !== undefined) void quitAfter(input, options.quit, over, end);
    await output;
    if (options.listen || process.stdin.isTTY) await Promise.race([input, silence(state, end)]);
    else await input;
  } finally {
    over.abort();
    channel.close();
  }
}

interface RelayState {
  peerEnded: boolean;
  /** The time of the last data from the input. */
  lastInput: number;
}

async function quitAfter(
  input: Promise<void>,
  time: number,
  over: AbortController,
  end: AbortSignal,
): Promise<void> {
  await input.catch(() => {});
  await pause(time, end);
  over.abort();
}

/** Waits until nothing has come from the input for a while. */
async function silence(state: RelayState, end: AbortSignal): Promise<void> {
  state.lastInput = performance.now();
  for (let left = SILENCE; left > 0 && !end.aborted; left = state.lastInput + SILENCE - performance.now())
    await pause(left, end);
}

async function copyToOutput(
  channel: Channel,
  { wait }: NcOptions,
  state: RelayState,
  end: AbortSignal,
): Promise<void> {
  try {
    for (;;) {
      const data = await channel.receive(wait);
      if (data === undefined) break;
      await writeOutput(data);
    }
  } catch (error) {
    if (!end.aborted && !isTimeout(error)) throw error;
  }
  state.peerEnded = true;
}

function writeOutput(data: Buffer): Promise<void> {
  return new Promise((resolve, reject) =>
    process.stdout.write(data, error => (error ? reject(error) : resolve())),
  );
}

async function copyInput(
  channel: Channel,
  options: NcOptions,
  state: RelayState,
  end: AbortSignal,
): Promise<void> {
  try {
    for await (const chunk of process.stdin) {
      if (end.aborted) return;
      state.lastInput = performance.now();
      await channel.send(options.crlf ? withCarriageReturns(chunk) : chunk);
    }
    if (options.shutdown) channel.endSending();
  } catch (error) {
    const isEnd = error instanceof SocketError && gone.has(error.code) && (state.peerEnded || end.aborted);
    if (!isEnd) throw error;
  }
}

function withCarriageReturns(chunk: Buffer): Buffer {
  return Buffer.from(chunk.toString('latin1').replace(/(?<!\r)\n/g, '\r\n'), 'latin1');
}
