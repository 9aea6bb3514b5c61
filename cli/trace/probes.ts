/**
 * Probes of a route: UDP datagrams to ports where nobody listens, with a growing limit of hops. The router where the limit
 * ends answers with an ICMP error, which the kernel gives to the socket that sent the probe: it needs no privilege.
 */

import { isTimeout, SOCK_DGRAM, Socket } from 'berkeley';
import type { QueuedError } from 'berkeley/control';
import { so, unicast } from 'berkeley/options';
import { isQueued, senderOf } from '../icmp-error.js';
import { type InternetFamily, internet } from '../internet.js';
import type { Target } from '../target.js';

/** The answer to a probe. */
export interface Answer {
  /** The router or host that answered; `undefined` for an error of this machine. */
  readonly from: string | undefined;
  /** The time in milliseconds. */
  readonly time: number;
  readonly error: QueuedError;
}

export class ProbeSocket implements Disposable {
  readonly #socket: Socket<InternetFamily>;

  constructor(
    private readonly target: Target,
    device: string | undefined,
  ) {
    const { family, level, receiveErrors } = internet[target.family];
    this.#socket = new Socket<InternetFamily>(family, SOCK_DGRAM);
    try {
      if (device !== undefined) this.#socket.setOption(so.bindtodevice, device);
      this.#socket.setsockopt(level, receiveErrors, true);
    } catch (error) {
      this.#socket.close();
      throw error;
    }
  }

  /**
   * Sends a probe and waits for its answer.
   *
   * @param port tells the probes of one route apart: each has a port of its own
   * @param wait milliseconds
   * @returns `undefined` if no answer came in time
   */
  async probe(hops: number, port: number, size: number, wait: number): Promise<Answer | undefined> {
    unicast.setHops(this.#socket, hops);
    const start = performance.now();
    await this.#send(Buffer.alloc(size, 0x40), port);
    for (;;) {
      const left = wait - (performance.now() - start);
      const error = await this.#socket.recvError({ timeout: Math.max(1, left) }).catch(asUndefined);
      if (error === undefined) return undefined;
      const { destination } = error;
      if (destination === null || destination.port !== port) continue; // of an earlier probe
      return { from: senderOf(error), time: performance.now() - start, error };
    }
  }

  /** A send call also reports the error of an earlier probe: ip(7), IP_RECVERR. Errors of this one are in the queue. */
  async #send(data: Buffer, port: number): Promise<void> {
    const address = { ...this.target.address, port };
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        await this.#socket.sendto(data, address);
        return;
      } catch (error) {
        if (!isQueued(error)) throw error;
      }
    }
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }
}

function asUndefined(error: unknown): undefined {
  if (!isTimeout(error)) throw error;
}
