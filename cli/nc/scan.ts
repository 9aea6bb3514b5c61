/** `berkeley nc -z`: which ports accept connections. */
import { SocketError, TimeoutError } from 'berkeley';
import { Mistake } from '../failure.js';
import { connectFirst } from './connect.js';
import { endpointsOf } from './endpoint.js';
import type { Tell } from './listen.js';
import type { NcOptions } from './options.js';

/** Connects to each port. Returns whether any accepted. */
export async function scan(
  words: readonly string[],
  options: NcOptions,
  signal: AbortSignal,
  tell: Tell,
): Promise<boolean> {
  const [host, ...services] = words;
  let found = false;
  for (const service of services.length === 0 ? [undefined] : services.flatMap(portsOf)) {
    if (signal.aborted) break;
    const target = service === undefined ? [host!] : [host!, service];
    if (await isOpen(target, options, signal, tell)) found = true;
  }
  return found;
}

function portsOf(text: string): string[] {
  const match = /^(\d+)-(\d+)$/.exec(text);
  if (match === null) return [text];
  const [first, last] = [Number(match[1]), Number(match[2])];
  if (first > last || last > 65535) throw new Mistake(`'${text}' is not a range of ports`);
  return Array.from({ length: last - first + 1 }, (_, n) => String(first + n));
}

async function isOpen(
  target: readonly string[],
  options: NcOptions,
  signal: AbortSignal,
  tell: Tell,
): Promise<boolean> {
  const name = target.join(' ');
  try {
    const { channel } = await connectFirst(await endpointsOf(target, options), options, signal);
    channel.close();
    tell(`${name}: open`);
    return true;
  } catch (error) {
    if (!(error instanceof SocketError || error instanceof TimeoutError)) throw error;
    tell(`${name}: ${error.message}`);
    return false;
  }
}
