/** The work of `berkeley trace`. */
import type { Context } from '../context.js';
import { DONE, FAILED } from '../exit-code.js';
import type { Output } from '../output.js';
import { lookUp, type Target } from '../target.js';
import type { TraceOptions } from './command.js';
import { formatHop, nameOf } from './format.js';
import { type Hop, traceRoute } from './route.js';

/** Runs `berkeley trace`. */
export async function trace(
  host: string,
  options: TraceOptions,
  { output, signal }: Context,
): Promise<number> {
  const target = await lookUp(host, options);
  if (!options.json) output.line(`trace to ${host} (${target.host}), ${options.maxHops} hops at most`);
  const print = options.json ? printJson : textPrinter(options);
  let reached = false;
  for await (const hop of traceRoute(target, options, signal)) {
    await print(hop, target, output);
    reached = hop.reached;
  }
  return reached ? DONE : FAILED;
}

type Print = (hop: Hop, target: Target, output: Output) => Promise<void>;

async function printJson({ hops, reached, answers }: Hop, _: Target, output: Output): Promise<void> {
  const probes = answers.map(answer =>
    answer === undefined
      ? null
      : { from: answer.from, time: answer.time, type: answer.error.type, subtype: answer.error.subtype },
  );
  output.json({ hops, reached, probes });
}

function textPrinter({ numeric }: TraceOptions): Print {
  const name = numeric ? async (host: string) => host : nameOf;
  return async (hop, target, output) => output.line(await formatHop(hop, target, name));
}
