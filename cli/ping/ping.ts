/** The work of `berkeley ping`. */
import type { QueuedError } from 'berkeley/control';
import type { Context } from '../context.js';
import { DONE, FAILED } from '../exit-code.js';
import { describeIcmp, senderOf } from '../icmp-error.js';
import type { Output } from '../output.js';
import { lookUp, type Target } from '../target.js';
import type { PingOptions } from './command.js';
import { type EchoReply, EchoSocket } from './echo.js';
import { type PingListener, PingSession } from './session.js';

/** Runs `berkeley ping`. */
export async function ping(host: string, options: PingOptions, { output, signal }: Context): Promise<number> {
  const target = await lookUp(host, options);
  using echo = new EchoSocket(target, options);
  if (!options.json) output.line(`PING ${host} (${target.host}) ${options.size} data bytes`);
  const listener = listenerOf(options, target, output);
  const statistics = await new PingSession(echo, options, listener).run(signal);
  if (options.json) output.json({ kind: 'summary', ...statistics.toJSON() });
  else for (const line of ['', `--- ${host} ping statistics ---`, ...statistics.lines()]) output.line(line);
  return statistics.received > 0 ? DONE : FAILED;
}

function listenerOf({ json, quiet }: PingOptions, target: Target, output: Output): PingListener {
  if (json) return jsonListener(output);
  return quiet ? { reply() {}, error() {} } : textListener(target, output);
}

function jsonListener(output: Output): PingListener {
  return {
    reply: (reply, time, isDuplicate) => output.json({ kind: 'reply', ...reply, time, isDuplicate }),
    error: ({ code, origin, type, subtype, offender }, sequence) =>
      output.json({ kind: 'error', sequence, code, origin, type, subtype, offender }),
  };
}

function textListener(target: Target, output: Output): PingListener {
  return {
    reply({ bytes, from, sequence, hops }: EchoReply, time, isDuplicate) {
      const ttl = hops === undefined ? '' : ` ttl=${hops}`;
      const end = isDuplicate ? ' (DUP!)' : ` time=${time.toPrecision(3)} ms`;
      output.line(`${bytes} bytes from ${from}: icmp_seq=${sequence}${ttl}${end}`);
    },
    error(error: QueuedError, sequence) {
      const from = senderOf(error) ?? `this machine to ${target.host}`;
      const at = sequence === undefined ? '' : ` icmp_seq=${sequence}`;
      output.line(output.paint('bad', `From ${from}${at} ${describeIcmp(error)}`));
    },
  };
}
