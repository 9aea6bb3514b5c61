/** A ping: requests at an interval, and what comes back. */
import type { QueuedError } from 'berkeley/control';
import { isQueued } from '../icmp-error.js';
import { pause } from '../interrupt.js';
import type { EchoReply, EchoSocket } from './echo.js';
import { Statistics } from './statistics.js';

/** The limits of a ping. Times are in milliseconds. */
export interface PingPlan {
  /** The number of requests; no limit by default. */
  readonly count?: number;
  readonly interval: number;
  /** How long to wait for replies after the last request. */
  readonly wait: number;
  /** The number of bytes of data. */
  readonly size: number;
}

/** What a ping tells as it goes. */
export interface PingListener {
  reply(reply: EchoReply, time: number, isDuplicate: boolean): void;
  /** `sequence` is absent if the quoted packet is too short to tell. */
  error(error: QueuedError, sequence: number | undefined): void;
}

/** The sequence number has 16 bits. */
const SEQUENCES = 0x10000;

export class PingSession {
  readonly statistics: Statistics = new Statistics();
  /** When each request was sent; without those that are answered. */
  readonly #sent = new Map<number, number>();
  readonly #finished = new AbortController();
  #allSent = false;

  constructor(
    private readonly echo: EchoSocket,
    private readonly plan: PingPlan,
    private readonly listener: PingListener,
  ) {}

  /** Runs until every request is answered or given up, or the signal is aborted. */
  async run(signal: AbortSignal): Promise<Statistics> {
    const end = AbortSignal.any([signal, this.#finished.signal]);
    const inputs = [this.#receiveReplies(), this.#receiveErrors()];
    try {
      await this.#sendAll(end);
      if (this.#sent.size > 0) await pause(this.plan.wait, end);
    } finally {
      this.echo.socket.close(); // ends both inputs
      await Promise.all(inputs);
    }
    return this.statistics;
  }

  async #sendAll(signal: AbortSignal): Promise<void> {
    const { count = Number.POSITIVE_INFINITY, interval, size } = this.plan;
    const start = performance.now();
    for (let n = 1; n <= count && !signal.aborted; n++) {
      this.statistics.transmitted++;
      await this.#send(n, size);
      if (n < count) await pause(start + n * interval - performance.now(), signal);
    }
    this.#allSent = true;
    this.#finishIfAnswered();
  }

  /** A send call also reports the ICMP error of an earlier packet: ip(7), IP_RECVERR. One more attempt sends. */
  async #send(n: number, size: number): Promise<void> {
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        const sending = this.echo.send(n, size);
        this.#sent.set(n % SEQUENCES, performance.now()); // the system call is done
        return await sending;
      } catch (error) {
        if (!isQueued(error)) throw error;
      }
    }
  }

  async #receiveReplies(): Promise<void> {
    while (!this.echo.socket.closed) {
      try {
        this.#take(await this.echo.receive());
      } catch (error) {
        if (!this.echo.socket.closed && !isQueued(error)) throw error;
      }
    }
  }

  #take(reply: EchoReply): void {
    const sentAt = this.#sent.get(reply.sequence);
    const time = sentAt === undefined ? 0 : performance.now() - sentAt;
    this.#sent.delete(reply.sequence);
    if (sentAt === undefined) this.statistics.duplicates++;
    else this.statistics.add(time);
    this.listener.reply(reply, time, sentAt === undefined);
    this.#finishIfAnswered();
  }

  async #receiveErrors(): Promise<void> {
    for await (const error of this.echo.socket.errors()) {
      const sequence = error.packet.length >= 8 ? error.packet.readUInt16BE(6) : undefined;
      if (sequence !== undefined) this.#sent.delete(sequence);
      this.statistics.errors++;
      this.listener.error(error, sequence);
      this.#finishIfAnswered();
    }
  }

  #finishIfAnswered(): void {
    if (this.#allSent && this.#sent.size === 0) this.#finished.abort();
  }
}
