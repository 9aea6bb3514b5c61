/** What Wine lacks of Windows: the calls, and how they fail. docs/windows.md has the same table. */
import {
  AF_INET,
  AF_UNIX,
  IPPROTO_ICMP,
  IPPROTO_IP,
  IPPROTO_TCP,
  IPPROTO_UDP,
  RCVALL_ON,
  SIO_LOOPBACK_FAST_PATH,
  SIO_RCVALL,
  SO_LINGER,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_STREAM,
  SOL_SOCKET,
  Socket,
  socketpair,
  TCP_FASTOPEN,
  TCP_KEEPCNT,
  TCP_KEEPIDLE,
  TCP_KEEPINTVL,
} from 'berkeley';
import { UDP_SEND_MSG_SIZE } from 'berkeley/constants';

/** One row of the table. */
export interface Lacking {
  readonly call: string;
  /** The error's code under Wine; `-` if the call returns a wrong result. */
  readonly code: string;
  run(): void;
}

function withSocket(type: number, protocol: number, use: (socket: Socket<'inet'>) => void): void {
  using socket = new Socket(AF_INET, type, protocol);
  use(socket);
}

const tcpOptions = { TCP_KEEPIDLE, TCP_KEEPCNT, TCP_KEEPINTVL, TCP_FASTOPEN };

/** A connection whose peer resets it by closing it with unread data and a linger time of 0. */
function receiveAfterReset(): void {
  const [a, b] = socketpair(AF_INET);
  try {
    a.setsockopt(SOL_SOCKET, SO_LINGER, Buffer.from(Int32Array.of(1, 0).buffer));
    a.close();
    const data = b.recvSync(1);
    throw Object.assign(new Error(`received ${data.length} bytes`), { code: '-' });
  } catch (error) {
    if ((error as { code: string }).code !== 'ECONNRESET') throw error;
  } finally {
    b.close();
  }
}

export const wineLacks: readonly Lacking[] = [
  {
    call: 'new Socket(AF_UNIX, SOCK_STREAM)',
    code: 'EAFNOSUPPORT',
    run: () => new Socket(AF_UNIX, SOCK_STREAM).close(),
  },
  {
    call: 'new Socket(AF_INET, SOCK_RAW, IPPROTO_IP)',
    code: 'EPROTONOSUPPORT',
    run: () => new Socket(AF_INET, SOCK_RAW, IPPROTO_IP).close(),
  },
  {
    call: 'ioctl(SIO_LOOPBACK_FAST_PATH, true)',
    code: 'ENOTSUP',
    run: () => withSocket(SOCK_STREAM, 0, socket => socket.ioctl(SIO_LOOPBACK_FAST_PATH, true)),
  },
  {
    call: 'ioctl(SIO_RCVALL, RCVALL_ON)',
    code: 'ENOTSUP',
    run: () =>
      withSocket(SOCK_RAW, IPPROTO_ICMP, socket => {
        socket.bind({ host: '127.0.0.1', port: 0 });
        socket.ioctl(SIO_RCVALL, RCVALL_ON);
      }),
  },
  ...Object.entries(tcpOptions).map(([name, option]) => ({
    call: `setsockopt(IPPROTO_TCP, ${name}, 1)`,
    code: 'ENOPROTOOPT',
    run: () => withSocket(SOCK_STREAM, 0, socket => socket.setsockopt(IPPROTO_TCP, option, 1)),
  })),
  {
    call: 'setsockopt(IPPROTO_UDP, UDP_SEND_MSG_SIZE, 100)',
    code: 'EINVAL',
    run: () => withSocket(SOCK_DGRAM, 0, socket => socket.setsockopt(IPPROTO_UDP, UDP_SEND_MSG_SIZE, 100)),
  },
  { call: 'recvSync(1) after a reset by the peer', code: '-', run: receiveAfterReset },
];
