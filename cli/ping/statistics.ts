/** The summary of a ping, with the figures of iputils. */

/** Round-trip times in milliseconds. */
export interface RoundTrips {
  readonly least: number;
  readonly mean: number;
  readonly most: number;
  /** The standard deviation: `mdev` of iputils. */
  readonly deviation: number;
}

/** The counts and times of a ping. */
export class Statistics {
  transmitted = 0;
  received = 0;
  duplicates = 0;
  /** The number of ICMP errors. */
  errors = 0;
  readonly #start = performance.now();
  #sum = 0;
  #squares = 0;
  #least = Number.POSITIVE_INFINITY;
  #most = 0;

  /** Counts a first reply. */
  add(time: number): void {
    this.received++;
    this.#sum += time;
    this.#squares += time * time;
    this.#least = Math.min(this.#least, time);
    this.#most = Math.max(this.#most, time);
  }

  get roundTrips(): RoundTrips | undefined {
    if (this.received === 0) return undefined;
    const mean = this.#sum / this.received;
    const variance = Math.max(0, this.#squares / this.received - mean * mean);
    return { least: this.#least, mean, most: this.#most, deviation: Math.sqrt(variance) };
  }

  /** The share of requests without a reply, in percent. */
  get loss(): number {
    return this.transmitted === 0 ? 0 : (1 - this.received / this.transmitted) * 100;
  }

  /** The lines of the summary. */
  lines(): string[] {
    const { transmitted, received, duplicates, errors, roundTrips } = this;
    const counts = [
      `${transmitted} packets transmitted`,
      `${received} received`,
      ...(duplicates === 0 ? [] : [`+${duplicates} duplicates`]),
      ...(errors === 0 ? [] : [`+${errors} errors`]),
      `${Number(this.loss.toPrecision(6))}% packet loss`,
      `time ${Math.round(performance.now() - this.#start)}ms`,
    ].join(', ');
    if (roundTrips === undefined) return [counts];
    const { least, mean, most, deviation } = roundTrips;
    const times = [least, mean, most, deviation].map(time => time.toFixed(3)).join('/');
    return [counts, `rtt min/avg/max/mdev = ${times} ms`];
  }

  toJSON(): object {
    const { transmitted, received, duplicates, errors, loss, roundTrips } = this;
    return { transmitted, received, duplicates, errors, loss, roundTrips };
  }
}
