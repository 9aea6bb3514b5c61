/** Two UDP sockets of a family. The receiver is bound to loopback. */
import {
  AF_INET,
  AF_INET6,
  type ControlInput,
  type Family,
  IPPROTO_IPV6,
  type Message,
  SOCK_DGRAM,
  Socket,
  SocketError,
} from 'berkeley';

export type Name = 'inet' | 'inet6';
export type Option = readonly [level: number, name: number];

export const inet = AF_INET as Family<Name>;
export const inet6 = AF_INET6 as Family<Name>;

export class Pair {
  readonly sender: Socket<Name>;
  readonly receiver: Socket<Name>;

  /** Sets each of these options to 1 on the receiver. */
  constructor(
    readonly family: Family<Name>,
    options: readonly Option[] = [],
  ) {
    this.sender = new Socket(family, SOCK_DGRAM);
    this.receiver = new Socket(family, SOCK_DGRAM);
    this.receiver.bind({ host: family === inet ? '127.0.0.1' : '::1', port: 0 });
    for (const option of options) this.receiver.setsockopt(...option, 1);
  }

  /** Sends a message with control messages, and receives it with space for some. */
  async send(data: string | Uint8Array, control: ControlInput[], space: number): Promise<Message<Name>> {
    await this.sender.sendmsg({ data, control, address: this.receiver.getsockname() });
    return this.receiver.recvmsg(65536, { control: space, timeout: 5000 });
  }

  [Symbol.dispose](): void {
    this.sender.close();
    this.receiver.close();
  }
}

/** For `skip`: whether this kernel lacks an option, and how to fix that. */
export function lacks([level, name]: Option, what: string, since: string): string | false {
  using socket = new Socket(level === IPPROTO_IPV6 ? AF_INET6 : AF_INET, SOCK_DGRAM);
  try {
    socket.setsockopt(level, name, 1);
    return false;
  } catch (error) {
    if (error instanceof SocketError && error.code === 'ENOPROTOOPT') return `needs ${what}: Linux ${since}`;
    throw error;
  }
}

/** For `skip`: what only root may do. */
export const withoutRoot: string | false = process.geteuid?.() !== 0 && 'needs root: sudo npm test';
