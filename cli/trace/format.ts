/** A hop as one line, in the form of traceroute(8). */
import { getnameinfo } from 'berkeley';
import { describeIcmp } from '../icmp-error.js';
import type { Target } from '../target.js';
import type { Answer } from './probes.js';
import type { Hop } from './route.js';

/** Returns ` 3  router.example (192.0.2.1)  0.412 ms  0.395 ms  *`. */
export async function formatHop(
  { hops, answers }: Hop,
  target: Target,
  name: (host: string) => Promise<string>,
): Promise<string> {
  const parts = [String(hops).padStart(2)];
  let last: string | undefined;
  for (const answer of answers) {
    const from = answer === undefined ? last : (answer.from ?? 'this machine');
    if (answer !== undefined && from !== undefined && from !== last) {
      const known = answer.from === undefined ? from : await name(from);
      parts.push(known === from ? from : `${known} (${from})`);
    }
    last = from;
    parts.push(answer === undefined ? '*' : `${answer.time.toFixed(3)} ms${annotation(answer, target)}`);
  }
  return parts.join('  ');
}

/** What an answer says beside that its sender is on the way. */
function annotation({ error, from }: Answer, target: Target): string {
  const isHop = error.type === (error.origin === 'icmp6' ? 3 : 11);
  const isPort =
    error.origin === 'icmp6'
      ? error.type === 1 && error.subtype === 4
      : error.type === 3 && error.subtype === 3;
  return isHop || (isPort && from === target.host) ? '' : ` (${describeIcmp(error)})`;
}

/** The name of an address; the address itself if it has none. */
export async function nameOf(host: string): Promise<string> {
  return getnameinfo({ host, port: 0 }, { flags: 0 }).then(
    ({ host: name }) => name,
    () => host,
  );
}
