/** One row per public function and method: the names of its arguments, and valid arguments. */
import { isAnyArrayBuffer } from 'node:util/types';
import * as berkeley from 'berkeley';
import { AF_INET, AF_UNIX, IPPROTO_TCP, SOCK_DGRAM, SOCK_STREAM, SOL_SOCKET, Socket } from 'berkeley';
import * as activation from 'berkeley/activation';
import * as bpf from 'berkeley/bpf';
import { NETLINK_ROUTE, RTM_GETLINK, SO_RCVBUF, TCP_NODELAY } from 'berkeley/constants';
import * as control from 'berkeley/control';
import * as netlink from 'berkeley/netlink';
import * as options from 'berkeley/options';
import { so } from 'berkeley/options';
import * as select from 'berkeley/select';
import * as socketserver from 'berkeley/socketserver';
import { LOCAL, localAddress, onWindows } from '../support/local.js';
import type { Subjects } from './nonsense-subjects.js';

export interface Row {
  /** The names of the arguments in error messages. */
  readonly names: readonly string[];
  /**
   * Valid arguments. The test replaces each of them, and each property of those that are objects, with
   * invalid values.
   */
  readonly args: (s: Subjects) => unknown[];
  readonly call: (s: Subjects, given: unknown[]) => unknown;
  /** Values that would harm the machine, or make the call wait indefinitely. */
  readonly avoid?: (value: unknown, argument: string) => boolean;
}

type Args = (s: Subjects) => unknown[];
type Avoid = Row['avoid'];
// biome-ignore lint/suspicious/noExplicitAny: nonsense is what this is about
type Any = any;

function names(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}

/** A row for a function. */
function of(call: Any, text: string, args: Args, avoid?: Avoid): Row {
  return { names: names(text), args, call: (_, given) => call(...given), ...(avoid && { avoid }) };
}

/** A row for a method. */
function on(subject: (s: Subjects) => Any, name: string, text: string, args: Args, avoid?: Avoid): Row {
  const call: Row['call'] = (s, given) => subject(s)[name](...given);
  return { names: names(text), args, call, ...(avoid && { avoid }) };
}

const flags = { flags: 0, timeout: 5 };
const promise = () => ({ ...flags, signal: new AbortController().signal });
const wait = () => ({ timeout: 5, signal: new AbortController().signal });
const syncWait = () => ({ timeout: 5 });
const inet = () => ({ host: '127.0.0.1', port: 9 });
/** An address of the family that local sockets have on this platform. */
const local = () => (onWindows ? inet() : { abstract: 'nonesuch' });
/** Calls that wait indefinitely without a limit. */
const endless: Avoid = (value, argument) =>
  argument.endsWith('options') || argument.endsWith('timeout')
    ? value === null ||
      value === undefined ||
      Number(typeof value === 'number' ? value : 0) > 1e4 ||
      isEmptyOptions(value)
    : false;
function isEmptyOptions(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return Object.keys(value).length === 0;
  } catch {
    return false;
  }
}

const dgram = (s: Subjects) => s.dgram;
const stream = (s: Subjects) => s.stream;
const udp = (s: Subjects) => s.udp;

/** Rows for both forms of a method. */
function both(
  subject: (s: Subjects) => Any,
  name: string,
  text: string,
  args: (s: Subjects, o: () => object) => unknown[],
  hasFlags = true,
  avoid?: Avoid,
): Record<string, Row> {
  const [async, sync] = hasFlags ? [promise, () => ({ ...flags })] : [wait, syncWait];
  return {
    [`Socket.${name}`]: on(subject, name, text, s => args(s, async)),
    [`Socket.${name}Sync`]: on(subject, `${name}Sync`, text, s => args(s, sync), avoid),
  };
}

const memory = () => Buffer.alloc(9);

const socketRows: Record<string, Row> = {
  Socket: of(
    (...given: Any[]) => new Socket(...(given as [])),
    'family type protocol',
    () => [AF_INET, SOCK_STREAM, 0],
  ),
  'Socket.adopt': of(Socket.adopt, 'fd options', s => [
    s.spare,
    { family: AF_INET, type: SOCK_DGRAM, protocol: 0 },
  ]),
  ...both(
    s => s.server,
    'accept',
    'options',
    (_, o) => [o()],
    false,
  ),
  ...both(dgram, 'recv', 'size options', (_, o) => [9, o()]),
  ...both(dgram, 'recvInto', 'buffer options', (_, o) => [memory(), o()]),
  ...both(dgram, 'recvfrom', 'size options', (_, o) => [9, o()]),
  ...both(dgram, 'recvfromInto', 'buffer options', (_, o) => [memory(), o()]),
  ...both(dgram, 'recvmsg', 'size options', (_, o) => [9, { ...o(), control: 64 }]),
  ...both(dgram, 'recvmsgInto', 'buffers options', (_, o) => [[memory()], { ...o(), control: 64 }]),
  ...both(dgram, 'recvFds', 'size maxFds options', (_, o) => [9, 1, o()]),
  ...both(dgram, 'recvSegments', 'options', (_, o) => [{ ...o(), size: 99 }]),
  ...both(dgram, 'recvmmsg', 'batch options', (s, o) => [s.batch, o()]),
  ...both(udp, 'recvError', 'options', (_, o) => [o()], false, endless),
  ...both(udp, 'connect', 'address options', (_, o) => [inet(), o()], false),
  ...both(udp, 'connectEx', 'address options', (_, o) => [inet(), o()], false),
  ...both(dgram, 'send', 'data options', (_, o) => ['x', o()]),
  ...both(stream, 'sendAll', 'data options', (_, o) => ['x', o()]),
  ...both(udp, 'sendZeroCopy', 'data options', (_, o) => ['x', o()]),
  ...both(udp, 'sendto', 'data address options', (_, o) => ['x', inet(), o()]),
  ...both(udp, 'sendmsg', 'message options', (_, o) => [
    { data: ['x'], control: [{ level: 0, type: 1, data: Buffer.alloc(4) }], flags: 0, address: inet() },
    o(),
  ]),
  ...both(dgram, 'sendFds', 'data fds options', (s, o) => ['x', [s.file], { ...o(), address: null }]),
  ...both(dgram, 'sendSegments', 'data segmentSize options', (_, o) => ['xyz', 2, { ...o(), address: null }]),
  ...both(dgram, 'sendmmsg', 'batch options', (s, o) => [s.fullBatch, o()]),
  ...both(stream, 'sendfile', 'file options', (s, o) => [s.file, { ...o(), offset: 0, count: 3 }], false),
  'Socket.setInheritable': on(udp, 'setInheritable', 'inheritable', () => [false]),
  'Socket.set timeout': {
    names: ['timeout'],
    args: () => [5],
    call: ({ udp }, [value]) => {
      udp.timeout = value as number;
    },
  },
  'Socket.setBlocking': on(udp, 'setBlocking', 'blocking', () => [true]),
  'Socket.bind': on(udp, 'bind', 'address', () => [{ host: '127.0.0.1', port: 0 }]),
  'Socket.listen': on(
    s => s.server,
    'listen',
    'backlog',
    () => [9],
  ),
  'Socket.shutdown': on(stream, 'shutdown', 'how', () => [2]),
  'Socket.connections': {
    ...on(
      s => s.server,
      'connections',
      'options',
      () => [wait()],
    ),
    call: (s, given) => s.server.connections(...(given as [])).next(),
  },
  'Socket.chunks': {
    ...on(stream, 'chunks', 'options', () => [{ ...wait(), size: 9 }]),
    call: (s, given) => s.stream.chunks(...(given as [])).next(),
  },
  'Socket.datagrams': {
    ...on(dgram, 'datagrams', 'options', () => [{ ...wait(), size: 9, until: AbortSignal.abort() }]),
    call: (s, given) => s.dgram.datagrams(...(given as [])).next(),
  },
  'Socket.errors': {
    ...on(udp, 'errors', 'options', () => [wait()]),
    call: (s, given) => s.udp.errors(...(given as [])).next(),
  },
  'Socket.makefile': on(stream, 'makefile', 'mode options', () => [
    'r',
    { buffering: 9, encoding: 'utf8', errors: 'strict', newline: '\n', timeout: 9 },
  ]),
  'Socket.toDuplex': {
    ...on(stream, 'toDuplex', 'options', () => [
      { allowHalfOpen: false, highWaterMark: 9, signal: new AbortController().signal },
    ]),
    call: (s, given) =>
      s.stream
        .toDuplex(...(given as []))
        .on('error', () => {})
        .destroy(),
  },
  'Socket.toNodeSocket': {
    ...on(stream, 'toNodeSocket', 'options', () => [
      { allowHalfOpen: false, signal: new AbortController().signal },
    ]),
    call: (s, given) =>
      s.stream
        .toNodeSocket(...(given as []))
        .on('error', () => {})
        .destroy(),
  },
  'Socket.getsockopt': on(udp, 'getsockopt', 'level name size', () => [SOL_SOCKET, SO_RCVBUF, 4]),
  'Socket.setsockopt': on(udp, 'setsockopt', 'level name value length', () => [
    SOL_SOCKET,
    SO_RCVBUF,
    null,
    4,
  ]),
  'Socket.getOption': on(udp, 'getOption', 'option', () => [so.rcvbuf]),
  'Socket.setOption': on(udp, 'setOption', 'option value', () => [so.linger, { seconds: 1 }]),
};

/** Methods without arguments. */
const none: Record<string, readonly string[]> = {
  Socket: [
    'close',
    'detach',
    'ref',
    'unref',
    'dup',
    'getInheritable',
    'getBlocking',
    'getsockname',
    'getpeername',
    'toWeb',
  ],
  MessageBatch: ['clear'],
  BorrowedSocket: ['getsockname', 'getpeername'],
  Selector: ['ref', 'unref', 'close'],
  NetlinkConnection: ['close'],
  ...Object.fromEntries(
    ['TCPServer', 'UDPServer', 'UnixStreamServer', 'UnixDatagramServer', 'BaseServer'].map(name => [
      name,
      ['serverBind', 'serverActivate', 'ref', 'unref', 'shutdown', 'handleTimeout', 'serviceActions'],
    ]),
  ),
  BaseRequestHandler: ['setup', 'handle', 'finish'],
  StreamRequestHandler: ['setup', 'handle', 'finish'],
  DatagramRequestHandler: ['setup', 'handle', 'finish'],
  UnixDuplex: ['address', 'ref', 'unref', 'destroySoon', 'resetAndDestroy'],
  SocketDuplex: ['address', 'ref', 'unref', 'destroySoon', 'resetAndDestroy'],
};

/** Windows-only methods. On other platforms they fail for any arguments; see test/windows. */
const windowsOnly = ['share', 'ioctl'];

/** Internal methods between the classes of the package. The published types do not have them. */
const internal: Record<string, readonly string[]> = {
  MessageBatch: ['startReceiving', 'received', 'startSending', 'progress', 'end'],
  BinaryFile: ['encode', 'amount', 'line', 'take', 'takeSync', 'put', 'putSync', 'send', 'sendSync'],
  UnixDuplex: [
    '_read',
    '_write',
    '_writev',
    '_final',
    '_destroy',
    'open',
    'errorOf',
    'nextReceive',
    'onArrival',
    'dataOf',
    'deliver',
    'received',
    'failToReceive',
    'sent',
    'forgetAddresses',
  ],
};
/** Methods that the server calls, and that subclasses define. */
const hooks = 'verifyRequest processRequest finishRequest shutdownRequest closeRequest handleError'.split(
  ' ',
);
internal.TCPServer = hooks;
internal.UDPServer = hooks;
internal.UnixStreamServer = hooks;
internal.UnixDatagramServer = hooks;
internal.BaseServer = [
  ...hooks,
  ...['serveForever', 'handleRequest', 'getRequest', 'serverClose', 'set timeout'], // rows of its subclasses
];
internal.TextFile = internal.BinaryFile!;
internal.SocketFile = internal.BinaryFile!;
internal.SocketDuplex = internal.UnixDuplex!;

export const ignored: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  [...new Set([...Object.keys(none), ...Object.keys(internal)])].map(name => [
    name,
    new Set([...(none[name] ?? []), ...(internal[name] ?? []), ...windowsOnly]),
  ]),
);

/** Rows for files, which have two classes. */
function fileRows(name: string, file: (s: Subjects) => Any, data: unknown): Record<string, Row> {
  const rows: Record<string, Row> = {};
  for (const suffix of ['', 'Sync']) {
    const o = suffix === '' ? wait : syncWait;
    const row = (method: string, text: string, args: Args) => {
      rows[`${name}.${method}${suffix}`] = on(file, `${method}${suffix}`, text, args);
    };
    row('read', 'options', () => [{ ...o(), size: 3 }]);
    row('readline', 'options', () => [{ ...o(), limit: 3 }]);
    row('write', 'data options', () => [data, o()]);
    row('writelines', 'lines options', () => [[data], o()]);
    row('flush', 'options', () => [o()]);
    row('close', 'options', () => [o()]);
  }
  return rows;
}

const files: Record<string, Row> = {
  ...fileRows('BinaryFile', s => s.binaryFile, Buffer.from('x')),
  ...fileRows('TextFile', s => s.textFile, 'x'),
  ...fileRows('SocketFile', s => s.textFile, 'x'),
  'BinaryFile.readInto': on(
    s => s.binaryFile,
    'readInto',
    'buffer options',
    () => [memory(), wait()],
  ),
  'BinaryFile.readIntoSync': on(
    s => s.binaryFile,
    'readIntoSync',
    'buffer options',
    () => [memory(), syncWait()],
  ),
};

const borrowed = (s: Subjects) => berkeley.borrow(s.nodeSocket);
const borrowedRows: Record<string, Row> = {
  borrow: of(berkeley.borrow, 'socket', s => [s.nodeSocket]),
  'BorrowedSocket.getsockopt': on(borrowed, 'getsockopt', 'level name size', () => [
    SOL_SOCKET,
    SO_RCVBUF,
    4,
  ]),
  'BorrowedSocket.setsockopt': on(borrowed, 'setsockopt', 'level name value length', () => [
    SOL_SOCKET,
    SO_RCVBUF,
    null,
    4,
  ]),
  'BorrowedSocket.getOption': on(borrowed, 'getOption', 'option', () => [so.rcvbuf]),
  'BorrowedSocket.setOption': on(borrowed, 'setOption', 'option value', () => [so.linger, { seconds: 1 }]),
};

const full = (s: Subjects) => s.fullBatch;
const duplexRows = (name: string): Record<string, Row> => ({
  [`${name}.setTimeout`]: on(
    s => s.duplex,
    'setTimeout',
    'milliseconds callback',
    () => [60_000, () => {}], // longer than the test: the callback can be any function
  ),
  [`${name}.setNoDelay`]: on(
    s => s.duplex,
    'setNoDelay',
    'noDelay',
    () => [true],
  ),
  [`${name}.setKeepAlive`]: on(
    s => s.duplex,
    'setKeepAlive',
    'enable initialDelay',
    () => [true, 5],
  ),
});

const classes: Record<string, Row> = {
  MessageBatch: of(
    (...given: Any[]) => new berkeley.MessageBatch(...(given as [Any])),
    'options',
    () => [{ count: 2, size: 9, controlSize: 64, family: LOCAL, oneByOne: false }],
  ),
  'MessageBatch.push': on(full, 'push', 'data address extras', () => [
    'x',
    local(),
    { control: [], segmentSize: 3 },
  ]),
  'MessageBatch.set': on(full, 'set', 'i data address extras', () => [
    0,
    'x',
    local(),
    { control: [], segmentSize: 3 },
  ]),
  ...Object.fromEntries(
    ['data', 'bytesRead', 'address', 'flags', 'control', 'message', 'segmentSize', 'segments'].map(name => [
      `MessageBatch.${name}`,
      on(full, name, 'i', () => [0]),
    ]),
  ),
  ...duplexRows('SocketDuplex'),
  ...duplexRows('UnixDuplex'),
  'UnixDuplex.writeWithFds': on(
    s => s.duplex,
    'writeWithFds',
    'bytes fds callback',
    s => ['x', [s.file], () => {}],
    (value, argument) => argument === 'callback' && typeof value === 'function',
  ),
  Selector: of(
    () => new select.Selector().close(),
    '',
    () => [],
  ),
  'Selector.has': on(
    s => s.selector,
    'has',
    'target',
    s => [s.file],
  ),
  'Selector.register': on(
    s => s.selector,
    'register',
    'target events data options',
    s => [s.udp, 1, 'data', { edge: false }],
  ),
  'Selector.modify': on(
    s => s.selector,
    'modify',
    'target events data options',
    s => [s.udp, 1, 'data', { edge: false }],
  ),
  'Selector.unregister': on(
    s => s.selector,
    'unregister',
    'target',
    s => [s.udp],
  ),
  'Selector.wait': on(
    s => s.selector,
    'wait',
    'options',
    () => [{ ...wait(), max: 3 }],
  ),
  'Selector.waitSync': on(
    s => s.selector,
    'waitSync',
    'options',
    () => [{ ...syncWait(), max: 3 }],
  ),
  Poll: of(
    () => new select.Poll(),
    '',
    () => [],
  ),
  'Poll.register': on(
    s => s.poll,
    'register',
    'target events',
    s => [s.udp, 1],
  ),
  'Poll.modify': on(
    s => s.poll,
    'modify',
    'target events',
    s => [s.udp, 1],
  ),
  'Poll.unregister': on(
    s => s.poll,
    'unregister',
    'target',
    s => [s.udp],
  ),
  'Poll.poll': on(
    s => s.poll,
    'poll',
    'timeout',
    () => [wait()],
  ),
  'Poll.pollSync': on(
    s => s.poll,
    'pollSync',
    'timeout',
    () => [syncWait()],
  ),
  NetlinkConnection: of(
    (protocol: Any) => new netlink.NetlinkConnection(protocol).close(),
    'protocol',
    () => [NETLINK_ROUTE],
  ),
  'NetlinkConnection.request': on(
    s => s.netlink,
    'request',
    'type payload options',
    () => [RTM_GETLINK, Buffer.alloc(16), promise()],
  ),
  'NetlinkConnection.requestSync': on(
    s => s.netlink,
    'requestSync',
    'type payload options',
    () => [RTM_GETLINK, Buffer.alloc(16), { ...flags }],
  ),
  'NetlinkConnection.dump': on(
    s => s.netlink,
    'dump',
    'type payload options',
    () => [RTM_GETLINK, Buffer.alloc(16), { timeout: 1000 }],
  ),
  'NetlinkConnection.dumpSync': on(
    s => s.netlink,
    'dumpSync',
    'type payload options',
    () => [RTM_GETLINK, Buffer.alloc(16), { timeout: 1000 }],
  ),
};

const { createConnection, createConnectionSync, createServer } = berkeley;
const connection = () => ({ timeout: 50, sourceAddress: { host: '127.0.0.1', port: 0 }, family: AF_INET });
const hints = () => ({ family: AF_INET, type: SOCK_STREAM, protocol: 0, flags: 0 });
const canFrame = () => ({
  id: 1,
  extended: false,
  remote: false,
  error: false,
  data: Buffer.alloc(8),
  lengthCode: undefined,
});
const canFdFrame = () => ({
  id: 1,
  extended: false,
  error: false,
  data: Buffer.alloc(8),
  bitRateSwitch: false,
  errorState: false,
});
const isLegalName: Avoid = value =>
  typeof value === 'string' || ArrayBuffer.isView(value) || isAnyArrayBuffer(value);

const root: Record<string, Row> = {
  CMSG_LEN: of(berkeley.CMSG_LEN, 'length', () => [4]),
  CMSG_SPACE: of(berkeley.CMSG_SPACE, 'length', () => [4]),
  algControl: of((berkeley as Any).algControl, 'operation', () => [
    { op: 1, iv: 'x', assoclen: 3, flags: 0 },
  ]),
  close: of(berkeley.close, 'fd', () => [0x7fffffff]),
  createConnection: of(createConnection, 'address options', () => [
    inet(),
    { ...connection(), attemptDelay: 5, signal: new AbortController().signal },
  ]),
  createConnectionSync: of(createConnectionSync, 'address options', () => [inet(), connection()]),
  createServer: of(createServer, 'address options', () => [
    { host: '127.0.0.1', port: 0 },
    { family: AF_INET, backlog: 9, reusePort: false, dualStack: false },
  ]),
  formatHardwareAddress: of(berkeley.formatHardwareAddress, 'bytes', () => [Buffer.alloc(6)]),
  parseHardwareAddress: of(berkeley.parseHardwareAddress, 'text', () => ['00:00']),
  internetChecksum: of(berkeley.internetChecksum, 'data options', () => [
    Buffer.alloc(8),
    { initial: 0, pseudoHeader: { source: '::1', destination: '::1', protocol: 17, length: 8 } },
  ]),
  tcpStateName: of(berkeley.tcpStateName, 'state', () => [1]),
  familyName: of(berkeley.familyName, 'family', () => [AF_INET]),
  typeName: of(berkeley.typeName, 'type', () => [SOCK_STREAM]),
  protocolName: of(berkeley.protocolName, 'protocol', () => [IPPROTO_TCP]),
  formatAddress: of(berkeley.formatAddress, 'address', () => [
    { family: 'inet6', host: '::1', port: 1, flowinfo: 0, scopeId: 0 },
  ]),
  parseAddress: of(berkeley.parseAddress, 'text', () => ['127.0.0.1:80']),
  fromNodeSocket: of(berkeley.fromNodeSocket, 'socket', () => [{}]),
  fromfd: of(berkeley.fromfd, 'fd options', s => [
    s.udp.fd,
    { family: AF_INET, type: SOCK_DGRAM, protocol: 0 },
  ]),
  getDefaultTimeout: of(berkeley.getDefaultTimeout, '', () => []),
  getLocalCid: of(berkeley.getLocalCid, '', () => []),
  gethostname: of(berkeley.gethostname, '', () => []),
  hasDualStack: of(berkeley.hasDualStack, '', () => []),
  hasIpv6: of(berkeley.hasIpv6, '', () => []),
  if_nameindex: of(berkeley.if_nameindex, '', () => []),
  getaddrinfo: of(berkeley.getaddrinfo, 'host service options', () => [
    '127.0.0.1',
    '80',
    { ...hints(), timeout: 500 },
  ]),
  getaddrinfoSync: of(berkeley.getaddrinfoSync, 'host service options', () => ['127.0.0.1', '80', hints()]),
  getfqdn: of(berkeley.getfqdn, 'name options', () => ['127.0.0.1', { timeout: 500 }]),
  getfqdnSync: of(berkeley.getfqdnSync, 'name', () => ['127.0.0.1']),
  gethostbyaddr: of(berkeley.gethostbyaddr, 'host options', () => ['127.0.0.1', { timeout: 500 }]),
  gethostbyaddrSync: of(berkeley.gethostbyaddrSync, 'host', () => ['127.0.0.1']),
  gethostbyname: of(berkeley.gethostbyname, 'host options', () => ['127.0.0.1', { timeout: 500 }]),
  gethostbynameSync: of(berkeley.gethostbynameSync, 'host', () => ['127.0.0.1']),
  gethostbynameEx: of(berkeley.gethostbynameEx, 'host options', () => ['127.0.0.1', { timeout: 500 }]),
  gethostbynameExSync: of(berkeley.gethostbynameExSync, 'host', () => ['127.0.0.1']),
  getnameinfo: of(berkeley.getnameinfo, 'address options', () => [inet(), { flags: 3, timeout: 500 }]),
  getnameinfoSync: of(berkeley.getnameinfoSync, 'address options', () => [inet(), { flags: 3 }]),
  getprotobyname: of(berkeley.getprotobyname, 'name', () => ['tcp']),
  getservbyname: of(berkeley.getservbyname, 'name protocol', () => ['http', 'tcp']),
  getservbyport: of(berkeley.getservbyport, 'port protocol', () => [80, 'tcp']),
  hciPacketInfo: of(berkeley.hciPacketInfo, 'control', () => [[]]),
  htonl: of(berkeley.htonl, 'value', () => [1]),
  htons: of(berkeley.htons, 'value', () => [1]),
  ntohl: of(berkeley.ntohl, 'value', () => [1]),
  ntohs: of(berkeley.ntohs, 'value', () => [1]),
  if_indextoname: of(berkeley.if_indextoname, 'index', () => [1]),
  if_nametoindex: of(berkeley.if_nametoindex, 'name', () => ['lo']),
  inet_aton: of(berkeley.inet_aton, 'text', () => ['127.1']),
  inet_ntoa: of(berkeley.inet_ntoa, 'packed', () => [Buffer.alloc(4)]),
  inet_ntop: of(berkeley.inet_ntop, 'family packed', () => [AF_INET, Buffer.alloc(4)]),
  inet_pton: of(berkeley.inet_pton, 'family text', () => [AF_INET, '127.0.0.1']),
  isCanFdFrame: of(berkeley.isCanFdFrame, 'bytes', () => [Buffer.alloc(16)]),
  isCanXlFrame: of(berkeley.isCanXlFrame, 'bytes', () => [Buffer.alloc(16)]),
  isFamily: of(berkeley.isFamily, 'socket family', s => [s.udp, AF_INET]),
  isTimeout: of(berkeley.isTimeout, 'error', () => [new Error('x')]),
  packAnyCanFrame: of(berkeley.packAnyCanFrame, 'frame', () => [{ kind: 'classic', ...canFrame() }]),
  packCanFrame: of(berkeley.packCanFrame, 'frame', () => [canFrame()]),
  packCanFdFrame: of(berkeley.packCanFdFrame, 'frame', () => [canFdFrame()]),
  packCanXlFrame: of(berkeley.packCanXlFrame, 'frame', () => [
    {
      priority: 1,
      vcid: 0,
      sec: false,
      rrs: false,
      sdt: 0,
      af: 0,
      data: Buffer.alloc(8),
    },
  ]),
  packBcmMessage: of(berkeley.packBcmMessage, 'message', () => [
    { opcode: 1, flags: 0, count: 0, interval1: 0, interval2: 0, canId: 1, frames: [Buffer.alloc(16)] },
  ]),
  packJ1939Claim: of(berkeley.packJ1939Claim, 'name', () => [1n]),
  packJ1939Name: of(berkeley.packJ1939Name, 'name', () => [
    {
      identityNumber: 1,
      manufacturerCode: 1,
      ecuInstance: 0,
      functionInstance: 0,
      function: 0,
      vehicleSystem: 0,
      vehicleSystemInstance: 0,
      industryGroup: 0,
      arbitraryAddressCapable: true,
    },
  ]),
  parseJ1939Name: of(berkeley.parseJ1939Name, 'name', () => [Buffer.alloc(8)]),
  parseAnyCanFrame: of(berkeley.parseAnyCanFrame, 'bytes', () => [Buffer.alloc(16)]),
  parseCanFrame: of(berkeley.parseCanFrame, 'bytes', () => [Buffer.alloc(16)]),
  parseCanFdFrame: of(berkeley.parseCanFdFrame, 'bytes', () => [Buffer.alloc(72)]),
  parseCanXlFrame: of(berkeley.parseCanXlFrame, 'bytes', () => [Buffer.alloc(20)]),
  parseBcmMessage: of(berkeley.parseBcmMessage, 'bytes', () => [Buffer.alloc(56)]),
  parseCanError: of(berkeley.parseCanError, 'frame', () => [{ id: 1, error: true, data: Buffer.alloc(8) }]),
  sctp_peeloff: of(berkeley.sctp_peeloff, 'socket association', s => [s.udp, 1]),
  sendmsgAfalg: of(berkeley.sendmsgAfalg, 'socket data operation options', s => [
    s.dgram,
    'x',
    { op: 1, iv: 'x', assoclen: 3, flags: 0 },
    wait(),
  ]),
  sendmsgAfalgSync: of(berkeley.sendmsgAfalgSync, 'socket data operation', s => [
    s.dgram,
    'x',
    { op: 1, iv: 'x', assoclen: 3, flags: 0 },
  ]),
  setDefaultTimeout: of(
    (value: Any) => {
      try {
        berkeley.setDefaultTimeout(value);
      } finally {
        berkeley.setDefaultTimeout(null);
      }
    },
    'timeout',
    () => [5],
  ),
  sethostname: of(berkeley.sethostname, 'name', () => [5], isLegalName),
  socketpair: of(berkeley.socketpair, 'family type protocol', () => [LOCAL, SOCK_STREAM, 0]),
  vsockServiceId: of(berkeley.vsockServiceId, 'port', () => [5]),
};

const message = () => ({ level: 0, type: 2, data: Buffer.alloc(4) });
const facts = () => ({
  name: 'NONSENSE',
  level: 0x7000,
  type: 1,
  also: [2],
  man: 'x(7)',
  since: '1',
  option: 'X',
});
const codecOf4 = options.codec.uint32;

const controlRows: Record<string, Row> = {
  defineBytes: of(control.defineBytes, 'facts most', () => [facts(), 9]),
  defineControl: of(control.defineControl, 'facts codec', () => [facts(), codecOf4]),
  defineErrors: of(control.defineErrors, 'facts offender', () => [{ ...facts(), type: 9, also: [] }, 16]),
  defineReader: of(control.defineReader, 'facts space decode', () => [facts(), 16, () => 1]),
  defineReceived: of(control.defineReceived, 'facts codec least', () => [facts(), codecOf4, 4]),
  sendable: of(control.sendable, 'row writer', () => [control.defineReceived(facts(), codecOf4), codecOf4]),
  j1939Progress: of(control.j1939Progress, 'item', () => [
    { origin: 'local', subtype: 0, info: 0, data: 0, control: [], packet: Buffer.alloc(4) },
  ]),
  describeControl: of(control.describeControl, 'control', () => [[message()]]),
  parseControl: of(control.parseControl, 'data', () => [Buffer.alloc(20)]),
  readErrorQueue: of(control.readErrorQueue, 'socket most', s => [s.udp, 9]),
  spaceFor: of(control.spaceFor, 'parts[0] parts[1]', () => [9, control.ttl]),
  parseSctpNotification: of(control.parseSctpNotification, 'data', () => [Buffer.alloc(20)]),
  zerocopyCompletion: of(control.zerocopyCompletion, 'error', () => [
    { origin: 'zerocopy', subtype: 0, info: 0, data: 0 },
  ]),
  toDate: of(control.toDate, 'nanoseconds', () => [1n]),
  toMilliseconds: of(control.toMilliseconds, 'nanoseconds', () => [1n]),
};

const netlinkMessage = () => ({ type: 1, flags: 0, sequence: 1, pid: 0, payload: Buffer.alloc(4) });
const netlinkRows: Record<string, Row> = {
  attributeNumber: of(netlink.attributeNumber, 'value', () => [Buffer.alloc(4)]),
  attributeText: of(netlink.attributeText, 'value', () => [Buffer.alloc(4)]),
  listNetlinkAttributes: of(netlink.listNetlinkAttributes, 'bytes', () => [Buffer.alloc(4)]),
  parseNetlinkAttributes: of(netlink.parseNetlinkAttributes, 'bytes', () => [Buffer.alloc(4)]),
  packNetlinkAttributes: of(netlink.packNetlinkAttributes, 'attributes', () => [
    [
      [1, 'x'],
      [2, [[1, 'x']]],
    ],
  ]),
  packNetlinkMessage: of(netlink.packNetlinkMessage, 'message', () => [netlinkMessage()]),
  parseNetlinkMessages: of(netlink.parseNetlinkMessages, 'bytes', () => [Buffer.alloc(16)]),
  parseNetlinkAcknowledgement: of(netlink.parseNetlinkAcknowledgement, 'message', () => [netlinkMessage()]),
  packGenericMessage: of(netlink.packGenericMessage, 'message', () => [
    { command: 1, version: 1, attributes: [[1, 'x']] },
  ]),
  packLink: of(netlink.packLink, 'link', () => [
    { index: 1, name: 'x', kind: 'veth', kindAttributes: [[1, 'x']], attributes: [[1, 'x']] },
  ]),
  packLinkAddress: of(netlink.packLinkAddress, 'address', () => [
    { index: 1, address: '192.0.2.1', prefixLength: 24, label: 'x' },
  ]),
  packNeighbour: of(netlink.packNeighbour, 'neighbour', () => [
    { index: 1, address: '192.0.2.1', hardwareAddress: '02:00:00:00:00:01' },
  ]),
  packRoute: of(netlink.packRoute, 'route', () => [
    { family: 'inet', destination: '192.0.2.1', nextHops: [{ gateway: '192.0.2.2', index: 1, weight: 1 }] },
  ]),
  parseGenericMessage: of(netlink.parseGenericMessage, 'payload headerSize', () => [Buffer.alloc(16), 0]),
  resolveGenericFamily: of(netlink.resolveGenericFamily, 'connection name options', s => [
    s.netlink,
    'x',
    { timeout: 500 },
  ]),
  resolveGenericFamilySync: of(netlink.resolveGenericFamilySync, 'connection name options', s => [
    s.netlink,
    'x',
    { timeout: 500 },
  ]),
  listSockets: of(netlink.listSockets, 'options', () => [
    { family: 'inet', protocol: 6, states: 1024, owners: false, timeout: 1000 },
  ]),
  listSocketsSync: of(netlink.listSocketsSync, 'options', () => [
    { family: 'inet', protocol: 6, states: 1024, owners: false, timeout: 1000 },
  ]),
  tcpStateName: of(netlink.tcpStateName, 'state', () => [1]),
  watchDevices: of(
    (options: Any) => netlink.watchDevices(options).return?.(),
    'options',
    () => [wait()],
  ),
  watchRoutes: of(
    (options: Any) => netlink.watchRoutes(options).return?.(),
    'options',
    () => [{ ...wait(), kinds: ['link'] }],
  ),
  ...Object.fromEntries(
    [
      'parseDeviceEvent',
      'parseGenericFamily',
      'parseLink',
      'parseLinkAddress',
      'parseNeighbour',
      'parseRoute',
      'parseSocketEntry',
      'parseUnixSocketEntry',
    ].map(name => [
      name,
      of((netlink as Any)[name], name === 'parseDeviceEvent' ? 'data' : 'payload', () => [Buffer.alloc(64)]),
    ]),
  ),
  ...Object.fromEntries(
    ['listAddresses', 'listGenericFamilies', 'listLinks', 'listNeighbours', 'listRoutes'].flatMap(name => [
      [name, of((netlink as Any)[name], 'options', () => [{ timeout: 1000 }])],
      [`${name}Sync`, of((netlink as Any)[`${name}Sync`], 'options', () => [{ timeout: 1000 }])],
    ]),
  ),
};

const selectRows: Record<string, Row> = {
  poll: of(select.poll, '', () => []),
  select: of(select.select, 'readers writers exceptional timeout', s => [[s.dgram], [], [], wait()]),
  selectSync: of(select.selectSync, 'readers writers exceptional timeout', s => [
    [s.dgram],
    [],
    [],
    syncWait(),
  ]),
};

const state = () => ({ status: 'x', errno: 1, mainPid: 1, watchdogTimeout: 1, extendTimeout: 1 });
const journal = (s: Subjects) => s.journal;
const entry = () => ({ MESSAGE: 'x', VALUES: [1, 'y'] });
const activationRows: Record<string, Row> = {
  forgetFds: of(activation.forgetFds, 'name options', () => ['x', wait()]),
  isJournalStream: of(activation.isJournalStream, 'fd', () => [2]),
  Journal: of(
    (path: string) => new activation.Journal(path).close(),
    'path',
    () => ['/nonesuch'],
  ),
  'Journal.send': on(journal, 'send', 'fields options', () => [entry(), wait()], endless),
  'Journal.sendSync': on(journal, 'sendSync', 'fields options', () => [entry(), syncWait()], endless),
  'Journal.close': on(journal, 'close', '', () => []),
  listenFds: of(activation.listenFds, 'options', () => [{ unset: false }]),
  'PassedDescriptor.toSocket': on(
    () => Object.assign(Object.create(activation.PassedDescriptor.prototype), { fd: 0x7fffffff, name: 'x' }),
    'toSocket',
    'options',
    () => [{ family: AF_INET, type: SOCK_STREAM, protocol: 0 }],
  ),
  notify: of(activation.notify, 'state options', () => [state(), wait()]),
  notifyBarrier: of(activation.notifyBarrier, 'options', () => [wait()]),
  notifySync: of(activation.notifySync, 'state options', () => [state(), syncWait()]),
  startWatchdog: of(activation.startWatchdog, 'check', () => [() => true]),
  storeFds: of(activation.storeFds, 'fds options', s => [[s.file], { name: 'x', poll: true, ...wait() }]),
  watchdogTimeout: of(activation.watchdogTimeout, '', () => []),
};

const serverOptions = () => ({
  allowReuseAddress: true,
  allowReusePort: false,
  bindAndActivate: true,
  blockOnClose: true,
  maxRequests: 3,
  timeout: 5,
});

/** The rows of a class of servers. */
function serverRows(name: string, address: () => object, more: object): Record<string, Row> {
  const Server = (socketserver as Any)[name];
  const subject = (s: Subjects) => s.serverOf(new Server(address(), () => {}));
  return {
    [name]: of(
      (...given: Any[]) => new Server(...given).socket.close(),
      'address handler options',
      () => [address(), () => {}, { ...serverOptions(), ...more }],
    ),
    [`${name}.serveForever`]: on(subject, 'serveForever', 'options', () => [
      { signal: new AbortController().signal, pollInterval: 5 },
    ]),
    [`${name}.handleRequest`]: on(subject, 'handleRequest', 'options', () => [wait()]),
    [`${name}.getRequest`]: on(subject, 'getRequest', 'options', () => [wait()]),
    [`${name}.serverClose`]: on(subject, 'serverClose', 'options', () => [{ timeout: 5 }]),
    [`${name}.set timeout`]: {
      names: ['timeout'],
      args: () => [5],
      call: (s, [value]) => {
        subject(s).timeout = value;
      },
    },
  };
}

const loopbackPort = () => ({ host: '127.0.0.1', port: 0 });
const streamOptions = { requestQueueSize: 5, addressFamily: AF_INET };
const packetOptions = { maxPacketSize: 512, addressFamily: AF_INET };
const serverRowsOfAll: Record<string, Row> = {
  ...serverRows('TCPServer', loopbackPort, streamOptions),
  ...serverRows('UDPServer', loopbackPort, packetOptions),
  ...serverRows('UnixStreamServer', localAddress, { ...streamOptions, addressFamily: AF_UNIX }),
  ...serverRows('UnixDatagramServer', localAddress, { ...packetOptions, addressFamily: AF_UNIX }),
  handleRequests: of(socketserver.handleRequests, 'handler', () => [() => {}]),
  ...Object.fromEntries(
    ['BaseRequestHandler', 'StreamRequestHandler', 'DatagramRequestHandler'].map(name => [
      name,
      of(
        (...given: Any[]) => new (socketserver as Any)[name](...given),
        '',
        () => [],
      ),
    ]),
  ),
};

const program = () => bpf.bpf([bpf.ret(0)]);
const bpfRows: Record<string, Row> = {
  bpf: of(bpf.bpf, 'source', () => [
    [bpf.ld.byte(0), bpf.jump.eq(1, 'x'), bpf.label('x'), { ...bpf.ret(0) }],
  ]),
  disassemble: of(bpf.disassemble, 'program', () => [program().map(each => ({ ...each }))]),
  formatProgram: of(bpf.formatProgram, 'program', () => [program().map(each => ({ ...each }))]),
  parseProgram: of(bpf.parseProgram, 'text', () => ['1\n6 0 0 0']),
  label: of(bpf.label, 'name', () => ['x']),
  ret: of(bpf.ret, 'bytes', () => [0]),
  st: of(bpf.st, 'slot', () => [0]),
  stx: of(bpf.stx, 'slot', () => [0]),
  tax: of(bpf.tax, '', () => []),
  txa: of(bpf.txa, '', () => []),
};

const group = { group: '239.1.2.3', interface: 'lo' };
const { multicast, unicast, codec } = options;
const optionRows: Record<string, Row> = {
  defineLevel: of(options.defineLevel, 'facts', () => [
    {
      constants: { TCP_NODELAY },
      level: IPPROTO_TCP,
      man: 'x',
      families: ['inet'],
      types: [1],
      protocols: [6],
    },
  ]),
  withParameter: of(options.withParameter, 'option parameter', () => [options.ip.mcastMsfilter, group]),
  'multicast.join': of(multicast.join, 'socket options', s => [s.udp, { ...group, source: '127.0.0.1' }]),
  'multicast.leave': of(multicast.leave, 'socket options', s => [s.udp, { ...group, source: '127.0.0.1' }]),
  'multicast.block': of(multicast.block, 'socket options', s => [s.udp, { ...group, source: '127.0.0.1' }]),
  'multicast.unblock': of(multicast.unblock, 'socket options', s => [
    s.udp,
    { ...group, source: '127.0.0.1' },
  ]),
  'multicast.sources': of(multicast.sources, 'socket options', s => [s.udp, group]),
  'multicast.setSources': of(multicast.setSources, 'socket options', s => [
    s.udp,
    { ...group, mode: 'include', sources: ['127.0.0.1'] },
  ]),
  'multicast.setInterface': of(multicast.setInterface, 'socket networkInterface', s => [s.udp, 'lo']),
  'multicast.setHops': of(multicast.setHops, 'socket hops', s => [s.udp, 1]),
  'multicast.hops': of(multicast.hops, 'socket', s => [s.udp]),
  'unicast.setHops': of(unicast.setHops, 'socket hops', s => [s.udp, 1]),
  'unicast.hops': of(unicast.hops, 'socket', s => [s.udp]),
  'multicast.setLoopback': of(multicast.setLoopback, 'socket on', s => [s.udp, true]),
  'multicast.setAll': of(multicast.setAll, 'socket on', s => [s.udp, true]),
  'codec.bytes': of(codec.bytes, 'size', () => [9]),
  'codec.text': of(codec.text, 'size', () => [9]),
  'codec.short': of(codec.short, 'size', () => [2]),
  'codec.range': of(codec.range, 'least most', () => [1, 2]),
  'codec.rangeOrDefault': of(codec.rangeOrDefault, 'least most', () => [1, 2]),
  'codec.list': of(codec.list, 'element usual', () => [codec.int, 4]),
  'codec.asymmetric': of(codec.asymmetric, 'read write', () => [codec.int, codec.int]),
};

/** Rows per entry point, keyed by the names of exports. */
export const rows: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  '.': { ...root, ...socketRows, ...files, ...classes, ...borrowedRows },
  activation: activationRows,
  control: controlRows,
  netlink: { ...netlinkRows, ...classes },
  select: { ...selectRows, ...classes },
  socketserver: serverRowsOfAll,
  bpf: bpfRows,
  options: optionRows,
};
