/**
 * How each function of libc that the addon imports can fail. The errors are those of its man page and of POSIX.1-2017.
 * `EFAULT` is left out, because no call passes an invalid pointer.
 */

/** One function, or one command of a function that has several. */
export interface Row {
  /** The name in shim.h; the symbol itself by default. */
  readonly slot?: string;
  /** The symbol that the addon imports. */
  readonly symbol: string;
  /** The page of the manual. */
  readonly man: string;
  /** The errors, by name. */
  readonly errors: readonly string[];
  /** The numbers of bytes, messages or events after which the call can end. */
  readonly short?: readonly number[];
  /** Whether what the call would return can be lost: a datagram with a wrong checksum, an aborted connection. */
  readonly loses?: boolean;
  /** Whether the call can report a readiness that does not exist. */
  readonly falselyReady?: boolean;
  /** Whether an error ends the reactor of the thread: no event can arrive any more. */
  readonly endsReactor?: 'always' | 'in the thread';
}

/** What a descriptor is that other code of the process has closed or replaced. */
const STRANGE = ['EBADF', 'ENOTSOCK'];
const FULL_TABLES = ['EMFILE', 'ENFILE'];
const NO_MEMORY = ['ENOBUFS', 'ENOMEM'];
const PATH = ['EACCES', 'ELOOP', 'ENAMETOOLONG', 'ENOENT', 'ENOTDIR'];
const NETWORK = ['ENETDOWN', 'ENETUNREACH', 'EHOSTUNREACH', 'EHOSTDOWN'];

const RECEIVE = [
  ...[
    'EAGAIN',
    'EINTR',
    'EINVAL',
    'EIO',
    'EOPNOTSUPP',
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOTCONN',
    'ETIMEDOUT',
  ],
  ...[...STRANGE, ...NO_MEMORY, ...NETWORK],
];
const SEND = [
  ...[
    'EAGAIN',
    'EALREADY',
    'EAFNOSUPPORT',
    'ECONNREFUSED',
    'ECONNRESET',
    'EDESTADDRREQ',
    'EINTR',
    'EINVAL',
    'EIO',
  ],
  ...['EISCONN', 'EMSGSIZE', 'ENOTCONN', 'EOPNOTSUPP', 'EPERM', 'EPIPE', 'ETIMEDOUT'],
  ...[...STRANGE, ...NO_MEMORY, ...NETWORK, ...PATH],
];
const EPOLL_CTL = ['EBADF', 'EEXIST', 'EINVAL', 'ELOOP', 'ENOENT', 'ENOMEM', 'ENOSPC', 'EPERM'];
const RESOLVER = [
  ...['EAI_AGAIN', 'EAI_BADFLAGS', 'EAI_FAIL', 'EAI_FAMILY', 'EAI_MEMORY', 'EAI_NONAME', 'EAI_OVERFLOW'],
  ...['EMFILE', 'ENOMEM'],
];
const LOOKUP = ['HOST_NOT_FOUND', 'TRY_AGAIN', 'NO_RECOVERY', 'NO_DATA', 'ERANGE', 'EMFILE', 'ENOMEM'];

/** The functions that can fail. */
export const rows: readonly Row[] = [
  {
    symbol: 'accept4',
    man: 'accept(2)',
    errors: [
      ...[
        'EAGAIN',
        'ECONNABORTED',
        'EINTR',
        'EINVAL',
        'EOPNOTSUPP',
        'EPERM',
        'EPROTO',
        'ENOPROTOOPT',
        'ENONET',
      ],
      ...['ENOSR', 'ESOCKTNOSUPPORT', 'EPROTONOSUPPORT', 'ETIMEDOUT'],
      ...[...STRANGE, ...FULL_TABLES, ...NO_MEMORY, ...NETWORK],
    ],
    loses: true,
  },
  {
    symbol: 'bind',
    man: 'bind(2)',
    errors: [
      ...['EADDRINUSE', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL', 'EIO', 'EISDIR', 'EOPNOTSUPP', 'EROFS'],
      ...[...STRANGE, ...NO_MEMORY, ...PATH],
    ],
  },
  { symbol: 'calloc', man: 'malloc(3)', errors: ['ENOMEM'] },
  // Only EBADF can hide a mistake: the descriptor is closed after any other error too.
  { symbol: 'close', man: 'close(2)', errors: ['EBADF', 'EINTR', 'EIO', 'ENOSPC', 'EDQUOT'] },
  {
    symbol: 'connect',
    man: 'connect(2)',
    errors: [
      ...['EADDRINUSE', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EAGAIN', 'EALREADY', 'ECONNREFUSED', 'ECONNRESET'],
      ...[
        'EINPROGRESS',
        'EINTR',
        'EINVAL',
        'EIO',
        'EISCONN',
        'EOPNOTSUPP',
        'EPERM',
        'EPROTOTYPE',
        'ETIMEDOUT',
      ],
      ...[...STRANGE, ...NO_MEMORY, ...NETWORK, ...PATH],
    ],
  },
  { symbol: 'dlsym', man: 'dlsym(3)', errors: ['ENOSYS'], endsReactor: 'always' },
  { symbol: 'epoll_create1', man: 'epoll_create(2)', errors: [...FULL_TABLES, 'EINVAL', 'ENOMEM'] },
  { symbol: 'epoll_ctl', slot: 'epoll_ctl_add', man: 'epoll_ctl(2)', errors: EPOLL_CTL },
  { symbol: 'epoll_ctl', slot: 'epoll_ctl_mod', man: 'epoll_ctl(2)', errors: EPOLL_CTL },
  { symbol: 'epoll_ctl', slot: 'epoll_ctl_del', man: 'epoll_ctl(2)', errors: ['EBADF', 'EINVAL', 'ENOENT'] },
  {
    symbol: 'syscall',
    slot: 'epoll_pwait',
    man: 'epoll_wait(2)',
    errors: ['EBADF', 'EINTR', 'EINVAL'],
    short: [1],
    falselyReady: true,
    endsReactor: 'always',
  },
  { symbol: 'eventfd', man: 'eventfd(2)', errors: [...FULL_TABLES, 'EINVAL', 'ENODEV', 'ENOMEM'] },
  { symbol: 'fcntl64', slot: 'fcntl_dup', man: 'fcntl(2)', errors: ['EBADF', 'EINTR', 'EINVAL', 'EMFILE'] },
  { symbol: 'fcntl64', slot: 'fcntl_getfd', man: 'fcntl(2)', errors: ['EBADF', 'EINTR'] },
  { symbol: 'fcntl64', slot: 'fcntl_setfd', man: 'fcntl(2)', errors: ['EBADF', 'EINTR'] },
  { symbol: 'fcntl64', slot: 'fcntl_getfl', man: 'fcntl(2)', errors: ['EBADF', 'EINTR'] },
  { symbol: 'fcntl64', slot: 'fcntl_setfl', man: 'fcntl(2)', errors: ['EBADF', 'EINTR', 'EPERM'] },
  { symbol: 'getaddrinfo', man: 'getaddrinfo(3)', errors: [...RESOLVER, 'EAI_SERVICE', 'EAI_SOCKTYPE'] },
  { symbol: 'gethostbyaddr_r', man: 'gethostbyname(3)', errors: LOOKUP },
  { symbol: 'gethostbyname2_r', man: 'gethostbyname(3)', errors: LOOKUP },
  { symbol: 'gethostname', man: 'gethostname(2)', errors: ['ENAMETOOLONG'] },
  { symbol: 'getnameinfo', man: 'getnameinfo(3)', errors: RESOLVER },
  {
    symbol: 'getpeername',
    man: 'getpeername(2)',
    errors: [...STRANGE, 'EINVAL', 'ENOBUFS', 'ENOTCONN', 'EOPNOTSUPP'],
  },
  { symbol: 'getprotobyname', man: 'getprotoent(3)', errors: ['ENOENT'] },
  { symbol: 'getservbyname', man: 'getservent(3)', errors: ['ENOENT'] },
  { symbol: 'getservbyport', man: 'getservent(3)', errors: ['ENOENT'] },
  { symbol: 'getsockname', man: 'getsockname(2)', errors: [...STRANGE, 'EINVAL', 'ENOBUFS', 'EOPNOTSUPP'] },
  {
    symbol: 'getsockopt',
    man: 'getsockopt(2)',
    errors: [...STRANGE, ...NO_MEMORY, 'EACCES', 'EINVAL', 'ENOPROTOOPT', 'EOPNOTSUPP'],
  },
  { symbol: 'if_indextoname', man: 'if_nametoindex(3)', errors: ['ENXIO', ...FULL_TABLES] },
  { symbol: 'if_nameindex', man: 'if_nameindex(3)', errors: ['ENOBUFS', 'ENOMEM', ...FULL_TABLES] },
  { symbol: 'if_nametoindex', man: 'if_nametoindex(3)', errors: ['ENODEV', ...FULL_TABLES] },
  {
    symbol: 'ioctl',
    man: 'ioctl(2), netdevice(7)',
    errors: ['EBADF', 'EINVAL', 'ENOTTY', 'EADDRNOTAVAIL', 'ENODEV'],
  },
  {
    symbol: 'listen',
    man: 'listen(2)',
    errors: [...STRANGE, 'EACCES', 'EADDRINUSE', 'EDESTADDRREQ', 'EINVAL', 'ENOBUFS', 'EOPNOTSUPP'],
  },
  { symbol: 'lseek64', man: 'lseek(2)', errors: ['EBADF', 'EINVAL', 'ENXIO', 'EOVERFLOW', 'ESPIPE'] },
  { symbol: 'malloc', man: 'malloc(3)', errors: ['ENOMEM'] },
  {
    symbol: 'ppoll',
    man: 'poll(2)',
    errors: ['EINTR', 'EINVAL', 'ENOMEM'],
    falselyReady: true,
    endsReactor: 'in the thread',
  },
  {
    symbol: 'pread64',
    man: 'pread(2)',
    errors: ['EAGAIN', 'EBADF', 'EINTR', 'EINVAL', 'EIO', 'EISDIR', 'ENXIO', 'EOVERFLOW', 'ESPIPE'],
    short: [1],
  },
  { symbol: 'pthread_create', man: 'pthread_create(3)', errors: ['EAGAIN', 'EPERM'] },
  {
    symbol: 'read',
    man: 'read(2)',
    errors: ['EAGAIN', 'EBADF', 'EINTR', 'EINVAL', 'EIO', 'EISDIR'],
    short: [1],
    endsReactor: 'in the thread',
  },
  { symbol: 'realloc', man: 'malloc(3)', errors: ['ENOMEM'] },
  { symbol: 'syscall', slot: 'recvfrom', man: 'recv(2)', errors: RECEIVE, short: [1, 3], loses: true },
  { symbol: 'recvmmsg', man: 'recvmmsg(2)', errors: RECEIVE, short: [1], loses: true },
  { symbol: 'recvmsg', man: 'recvmsg(2)', errors: [...RECEIVE, 'EMSGSIZE'], short: [1, 3], loses: true },
  {
    symbol: 'sendfile64',
    man: 'sendfile(2)',
    errors: [
      ...[
        'EAGAIN',
        'EBADF',
        'ECONNRESET',
        'EINTR',
        'EINVAL',
        'EIO',
        'ENOMEM',
        'EOVERFLOW',
        'EPIPE',
        'ESPIPE',
      ],
      'ENOSYS',
    ],
    short: [1, 1000],
  },
  { symbol: 'sendmmsg', man: 'sendmmsg(2)', errors: SEND, short: [1] },
  { symbol: 'sendmsg', man: 'sendmsg(2)', errors: SEND, short: [1, 3] },
  { symbol: 'syscall', slot: 'sendto', man: 'send(2)', errors: SEND, short: [1, 3] },
  { symbol: 'sethostname', man: 'sethostname(2)', errors: ['EINVAL', 'ENAMETOOLONG', 'EPERM'] },
  {
    symbol: 'setsockopt',
    man: 'setsockopt(2)',
    errors: [...STRANGE, ...NO_MEMORY, 'EACCES', 'EDOM', 'EINVAL', 'EISCONN', 'ENOPROTOOPT', 'EPERM'],
  },
  { symbol: 'shutdown', man: 'shutdown(2)', errors: [...STRANGE, 'EINVAL', 'ENOBUFS', 'ENOTCONN'] },
  { symbol: 'sigtimedwait', man: 'sigtimedwait(2)', errors: ['EAGAIN', 'EINTR'] },
  {
    symbol: 'socket',
    man: 'socket(2)',
    errors: [
      ...FULL_TABLES,
      ...NO_MEMORY,
      'EACCES',
      'EAFNOSUPPORT',
      'EINVAL',
      'EPROTONOSUPPORT',
      'EPROTOTYPE',
    ],
  },
  {
    symbol: 'socketpair',
    man: 'socketpair(2)',
    errors: [
      ...[
        ...FULL_TABLES,
        ...NO_MEMORY,
        'EACCES',
        'EAFNOSUPPORT',
        'EOPNOTSUPP',
        'EPROTONOSUPPORT',
        'EPROTOTYPE',
      ],
    ],
  },
  {
    symbol: 'splice',
    man: 'splice(2)',
    errors: ['EAGAIN', 'EBADF', 'ECONNRESET', 'EINTR', 'EINVAL', 'ENOMEM', 'EPIPE', 'ESPIPE', 'ENOSYS'],
    short: [1],
  },
  // To an eventfd(2) in blocking mode: EAGAIN and a part are impossible.
  { symbol: 'write', man: 'write(2), eventfd(2)', errors: ['EINTR'] },
];

/** The imports that cannot fail in the way that the addon calls them, and why. */
export const infallible: Readonly<Record<string, string>> = {
  __errno_location: 'returns an address',
  clock_gettime: 'CLOCK_MONOTONIC exists: clock_gettime(2)',
  free: 'returns nothing',
  freeaddrinfo: 'returns nothing',
  gai_strerror: 'returns a text for every number',
  hstrerror: 'returns a text for every number',
  if_freenameindex: 'returns nothing',
  memcpy: 'returns its argument',
  memmove: 'returns its argument',
  memset: 'returns its argument',
  pthread_join: 'the thread exists, and only one other waits for it: pthread_join(3)',
  pthread_mutex_lock: 'a default mutex that is initialised has no error: pthread_mutex_lock(3p)',
  pthread_mutex_unlock: 'a default mutex that is initialised has no error: pthread_mutex_lock(3p)',
  pthread_once: 'has no error: pthread_once(3p)',
  pthread_sigmask: 'EINVAL only, for an invalid first argument: pthread_sigmask(3)',
  sigaddset: 'EINVAL only, for a number that is no signal: sigsetops(3)',
  sigemptyset: 'has no error: sigsetops(3)',
  sigismember: 'EINVAL only, for a number that is no signal: sigsetops(3)',
  sigpending: 'EFAULT only: sigpending(2)',
  strlen: 'returns a length',
  strcmp: 'returns an order',
};

/** Returns the name of a row in shim.h. */
export function slotOf(row: Row): string {
  return row.slot ?? row.symbol;
}
