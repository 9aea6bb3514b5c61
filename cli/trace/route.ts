/** The hops of a route, one after the other. */
import type { Target } from '../target.js';
import { type Answer, ProbeSocket } from './probes.js';

/** The limits of a trace. */
export interface TracePlan {
  readonly firstHop: number;
  readonly maxHops: number;
  /** Probes per hop. */
  readonly queries: number;
  /** Milliseconds per probe. */
  readonly wait: number;
  /** The port of the first probe. */
  readonly port: number;
  readonly size: number;
  readonly interface?: string | undefined;
}

/** A hop. */
export interface Hop {
  /** Its number, from 1. */
  readonly hops: number;
  /** One element per probe; `undefined` where no answer came. */
  readonly answers: readonly (Answer | undefined)[];
  /** Whether the route ends here, because the host was reached. */
  readonly reached: boolean;
}

/** Yields the hops up to the host, up to a router that refuses, or up to the limit. */
export async function* traceRoute(target: Target, plan: TracePlan, signal: AbortSignal): AsyncGenerator<Hop> {
  using socket = new ProbeSocket(target, plan.interface);
  let port = plan.port;
  for (let hops = plan.firstHop; hops <= plan.maxHops && !signal.aborted; hops++) {
    const answers: (Answer | undefined)[] = [];
    for (let query = 0; query < plan.queries && !signal.aborted; query++) {
      answers.push(await socket.probe(hops, port, plan.size, plan.wait));
      port = port === 65535 ? plan.port : port + 1;
    }
    const reached = answers.some(answer => answer?.from === target.host);
    yield { hops, answers, reached };
    if (reached || answers.some(answer => answer !== undefined && isUnreachable(answer))) return;
  }
}

/** Whether an answer says that there is no way: anything but "time exceeded" (type 11, or 3 of ICMPv6). */
function isUnreachable({ error: { origin, type } }: Answer): boolean {
  return type !== (origin === 'icmp6' ? 3 : 11);
}
