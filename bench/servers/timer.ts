/** Measures how late a timer and another socket are. */
import { announce } from './announce.js';

const INTERVAL = 1;
/** Enough for the JIT compiler, whose threads work on the same processor. */
const WARM_UP = 400;
const DURATION = 500;

/** Sends a datagram to a socket of this process, and calls back when it has been received. */
export type Ping = (received: () => void) => void;

let begun = 0;
let started = false;

/** Called for each message of a flood. Starts to measure after some time, and prints the 99th percentiles. */
export function onMessage(ping: Ping): void {
  if (started) return;
  begun ||= performance.now();
  if (performance.now() - begun < WARM_UP) return;
  started = true;
  const other = pings(ping);
  ticks(delay => announce(JSON.stringify({ delay: percentile(delay), other: percentile(other) })));
}

/** The 99th percentile. */
function percentile(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? null;
}

function ticks(done: (delays: readonly number[]) => void): void {
  const delays: number[] = [];
  let last = performance.now();
  const end = last + DURATION;
  const timer = setInterval(() => {
    const time = performance.now();
    delays.push(time - last - INTERVAL);
    last = time;
    if (time < end) return;
    clearInterval(timer);
    done(delays);
  }, INTERVAL);
}

/** The times from sending to receiving, one after the other, with pauses. */
function pings(ping: Ping): readonly number[] {
  const times: number[] = [];
  const next = (): void => {
    const start = performance.now();
    ping(() => {
      times.push(performance.now() - start);
      setTimeout(next, INTERVAL);
    });
  };
  next();
  return times;
}
