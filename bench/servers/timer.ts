/** Measures the delay of a timer. */
import { announce } from './announce.js';

const INTERVAL = 1;
const DURATION = 300;

let started = false;

/** Starts on the first call, and prints the 99th percentile of the delays after some time. */
export function startTimer(): void {
  if (started) return;
  started = true;
  const delays: number[] = [];
  let last = performance.now();
  const end = last + DURATION;
  const timer = setInterval(() => {
    const time = performance.now();
    delays.push(time - last - INTERVAL);
    last = time;
    if (time < end) return;
    clearInterval(timer);
    delays.sort((a, b) => a - b);
    announce(JSON.stringify({ delay: delays[Math.floor(delays.length * 0.99)] }));
  }, INTERVAL);
}
