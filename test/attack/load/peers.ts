/**
 * Peers that are stopped and killed while data is on the way. A stopped one is a deadline, and loses nothing; a killed one is
 * an end or a reset.
 */
import { createServer, isTimeout, type Socket, type SocketError } from 'berkeley';
import { pattern } from '../../support/bytes.js';
import { countDescriptors } from '../../support/descriptors.js';
import { freshPath } from '../../support/names.js';
import type { Trial } from '../part.js';
import { Process } from './process.js';

type Stream = Socket<'inet' | 'inet6' | 'unix'>;

/** More than the buffers of both ends hold. */
const SIZE = 2 ** 24;

interface Links {
  readonly peer: Process;
  readonly streams: readonly Stream[];
}

async function connect(): Promise<Links> {
  using tcp = createServer({ host: '127.0.0.1', port: 0 });
  using unix = createServer({ path: freshPath() });
  const { port } = tcp.getsockname() as { port: number };
  const { path } = unix.getsockname() as { path: string };
  const peer = new Process('peer-program', [`${port}`, path]);
  const streams = [(await tcp.accept()).socket, (await unix.accept()).socket] as unknown as Stream[];
  await peer.hear();
  return { peer, streams };
}

async function failureOf(call: Promise<unknown>): Promise<SocketError & { bytesTransferred?: number }> {
  try {
    await call;
  } catch (error) {
    return error as SocketError;
  }
  throw new Error('the call succeeded');
}

async function receive(socket: Stream, size: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let length = 0; length < size; ) {
    const piece = await socket.recv(size - length, { timeout: 60_000 });
    if (piece.length === 0) break;
    pieces.push(piece);
    length += piece.length;
  }
  return Buffer.concat(pieces);
}

/** Sends more than fits to a stopped peer, and the rest when it continues: every byte comes back, once. */
async function stopAndContinue(trial: Trial, { peer, streams }: Links): Promise<void> {
  peer.kill('SIGSTOP');
  const sent = pattern(SIZE, trial.between(0, 2 ** 31));
  const pause = trial.between(1, 200);
  const rests = await Promise.all(
    streams.map(async stream => {
      const receiving = await failureOf(stream.recv(1, { timeout: pause }));
      const sending = await failureOf(stream.sendAll(sent, { timeout: pause }));
      trial.expect(isTimeout(receiving) && isTimeout(sending), `a stopped peer: ${receiving} and ${sending}`);
      return sent.subarray(sending.bytesTransferred);
    }),
  );
  peer.kill('SIGCONT');
  const echoes = streams.map((stream, i) => Promise.all([receive(stream, SIZE), stream.sendAll(rests[i]!)]));
  for (const [echo] of await Promise.all(echoes))
    trial.expect(echo.equals(sent), `after SIGCONT ${echo.length} of ${SIZE} bytes came back, or other ones`);
}

const endings = ['ECONNRESET', 'EPIPE'];

/** Kills the peer, stopped or not, while both directions wait. */
async function kill(trial: Trial, { peer, streams }: Links): Promise<void> {
  if (trial.between(0, 1) === 1) peer.kill('SIGSTOP');
  const outcomes = streams.map(async stream => {
    const sending = failureOf(stream.sendAll(pattern(8 * SIZE), { timeout: 60_000 }));
    const receiving = (async () => {
      for await (const _ of stream.chunks({ timeout: 60_000 }));
    })().catch((error: SocketError) => error);
    return [await sending, await receiving] as const;
  });
  peer.kill('SIGKILL');
  for (const [sending, receiving] of await Promise.all(outcomes)) {
    trial.expect(endings.includes(sending.code!), `a killed peer: ${sending}`);
    trial.expect(receiving === undefined || endings.includes(receiving.code!), `a killed peer: ${receiving}`);
  }
}

export async function peers(trial: Trial): Promise<void> {
  const rounds = trial.amount(1, 12, 200);
  let before = 0;
  for (let round = 0; round <= rounds; round++) {
    const links = await connect();
    using peer = links.peer;
    await stopAndContinue(trial, links);
    await kill(trial, links);
    for (const stream of links.streams) stream.close();
    await peer.ended();
    // The first round opens what stays open.
    if (round === 0) before = countDescriptors();
  }
  const left = countDescriptors() - before;
  trial.expect(left <= 0, `${left} descriptors are left`);
  trial.figure('peers stopped, continued and killed', rounds + 1);
  trial.figure('descriptors left', left);
}
