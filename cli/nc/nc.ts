/** The work of `berkeley nc`. */
import process from 'node:process';
import type { Context } from '../context.js';
import { DONE, FAILED, INTERRUPTED } from '../exit-code.js';
import { connectFirst } from './connect.js';
import { endpointsOf } from './endpoint.js';
import { listen, type Tell } from './listen.js';
import type { NcOptions } from './options.js';
import { relay } from './relay.js';
import { scan } from './scan.js';

/** Runs `berkeley nc`. */
export async function nc(
  words: readonly string[],
  options: NcOptions,
  { output, signal }: Context,
): Promise<number> {
  const tell: Tell = text => options.verbose && output.note(text);
  try {
    if (options.scan) return (await scan(words, options, signal, tell)) ? DONE : FAILED;
    await (options.listen ? serve : talk)(words, options, signal, tell);
    return signal.aborted ? INTERRUPTED : DONE;
  } catch (error) {
    if (signal.aborted) return INTERRUPTED;
    throw error;
  } finally {
    process.stdin.destroy(); // a terminal would keep the process alive
  }
}

type Work = (words: readonly string[], options: NcOptions, signal: AbortSignal, tell: Tell) => Promise<void>;

const talk: Work = async (words, options, signal, tell) => {
  const { channel, endpoint } = await connectFirst(await endpointsOf(words, options), options, signal);
  tell(`Connected to ${endpoint.label}`);
  await relay(channel, options, signal);
};

const serve: Work = async (words, options, signal, tell) => {
  const [endpoint] = await endpointsOf(words, options);
  for await (const channel of listen(endpoint!, options, signal, tell)) await relay(channel, options, signal);
};
