/** Sockets to call with invalid arguments, whose state shows whether a refused call had an effect. */
import assert from 'node:assert/strict';
import {
  AF_INET,
  AF_INET6,
  createServer,
  getDefaultTimeout,
  IPPROTO_TCP,
  SO_ACCEPTCONN,
  SO_ERROR,
  SO_RCVBUF,
  SO_REUSEADDR,
  SOCK_DGRAM,
  SOL_SOCKET,
  Socket,
  socketpair,
  TCP_NODELAY,
} from 'berkeley';
import { countDescriptors, isNonblocking } from '../support/descriptors.js';
import { LOCAL, localAddress } from '../support/local.js';
import type { AnySocket } from '../support/rows.js';

const WAITING = 'still here';

export class Subjects {
  readonly tcp: Socket<'inet'> = new Socket();
  readonly tcp6: Socket<'inet6'> = new Socket(AF_INET6);
  readonly udp: Socket<'inet'> = new Socket(AF_INET, SOCK_DGRAM);
  readonly unix: Socket<'unix'> = new Socket(LOCAL, SOCK_DGRAM);
  readonly server: Socket<'unix'> = createServer(localAddress());
  /** Connected to `other`, with a message to receive. */
  readonly pair: Socket<'unix'>;
  readonly other: Socket<'unix'>;
  readonly #descriptors: number;
  readonly #before: unknown;

  constructor() {
    [this.pair, this.other] = socketpair();
    this.other.sendSync(WAITING);
    this.#descriptors = countDescriptors();
    this.#before = this.#state();
  }

  get #all(): AnySocket[] {
    return [this.tcp, this.tcp6, this.udp, this.unix, this.server, this.pair, this.other];
  }

  #state(): unknown {
    return [getDefaultTimeout(), this.tcp.getsockopt(IPPROTO_TCP, TCP_NODELAY), ...this.#all.map(stateOf)];
  }

  /** Asserts that nothing was opened, changed, sent or received; then closes all. */
  assertUntouched(): void {
    assert.equal(countDescriptors(), this.#descriptors, 'the number of open descriptors');
    assert.deepEqual(this.#state(), this.#before);
    this.other.timeout = 0;
    assert.throws(() => this.other.recvSync(1), { code: 'EAGAIN' }, 'nothing was sent');
    assert.equal(this.pair.recvSync(99).toString(), WAITING);
  }

  close(): void {
    for (const socket of this.#all) socket.close();
  }
}

function stateOf(socket: AnySocket): unknown {
  const option = (name: number) => socket.getsockopt(SOL_SOCKET, name);
  return {
    closed: socket.closed,
    name: socket.getsockname(),
    timeout: socket.timeout,
    nonblocking: isNonblocking(socket.fd),
    inheritable: socket.getInheritable(),
    options: [SO_ACCEPTCONN, SO_ERROR, SO_RCVBUF, SO_REUSEADDR].map(option),
  };
}

/** Runs `body` with subjects, and checks that it did not change them. */
export async function untouched(body: (subjects: Subjects) => Promise<void>): Promise<void> {
  const subjects = new Subjects();
  try {
    await body(subjects);
    subjects.assertUntouched();
  } finally {
    subjects.close(); // also ends calls that were not refused and wait
  }
}
