// Tests that fail on a runtime for a reason outside this package.

const NO_DESCRIPTOR = 'the net.Socket of this runtime does not give access to its descriptor';

const noDescriptor = {
  error:
    /must be a net\.Socket (or dgram\.Socket )?(that has a|with an accessible) descriptor|the socket has no descriptor/,
  reason: NO_DESCRIPTOR,
};

const CLOSED_LATE = 'Bun closes the pipes of a child process some time after it has ended';
const TLS_LOST =
  'Bun loses data of a TLS connection over a Duplex that is not a net.Socket, also over its own duplexPair()';

/** Whether an assertion found a smaller number than it expected. */
function hasFewer(error) {
  const [, actual, expected] = /^(\d+) !== (\d+)$/m.exec(error) ?? [];
  return Number(actual) < Number(expected);
}

const qemu = [
  {
    test: /bytes are set and read, as many as the kernel has/,
    reason: 'QEMU answers EFAULT to a getsockopt that has memory for a part of the value',
  },
  {
    test: /a length without a value passes NULL to the kernel/,
    reason: 'QEMU answers EFAULT to a setsockopt with a null pointer',
  },
  {
    test: /unknown options are EOPNOTSUPP: net\/mptcp/,
    reason: 'QEMU answers ENOPROTOOPT to an option that it does not know, before it asks the kernel',
  },
];

const bun = [
  {
    test: /child processes inherit a descriptor only when told so/,
    reason: 'Bun closes all descriptors but the standard ones in its child processes',
  },
  {
    // It fails in the test that runs when they are closed: there are fewer descriptors than before.
    error: /the number of open descriptors|countDescriptors\(\)/,
    when: hasFewer,
    reason: CLOSED_LATE,
  },
  {
    test: /^(curl|over streams of this package) > /,
    error: /countDescriptors\(\)|^CONNECTION CLOSED$/m,
    reason: CLOSED_LATE,
  },
  {
    test: /a terminated thread leaves no descriptors/,
    error: /countDescriptors\(\)/,
    reason: 'Bun does not close what node:fs opened in a worker when the worker ends: two files of the test',
  },
  {
    test: /the server closes an idle keep-alive connection/,
    reason: 'Bun applies keepAliveTimeout only to connections that its HTTP server accepts itself',
  },
  {
    test: /behaves like a net\.Socket: > drain/,
    reason:
      'Bun destroys a net.Socket with an error when a listener of drain throws; ours continues, as on Node.js',
  },
  {
    test: /an HTTPS server serves a large file to curl/,
    reason:
      'Bun speaks plain HTTP on a connection that is passed to an https.Server, also on one of its own node:net',
  },
  {
    test: /both ends use this package, over a Unix socket/,
    reason: TLS_LOST,
  },
  {
    // The failure of the test before, which ends late.
    test: /a broken connection is an error of the TLS stream/,
    error: /at assertSame /,
    reason: TLS_LOST,
  },
];

const deno = [
  {
    test: /borrow accepts the socket of an HTTP request|when fcntl fails nothing is taken over/,
    reason: NO_DESCRIPTOR,
  },
  {
    test: /a terminated thread leaves no descriptors|can be terminated while it waits for a pipe/,
    reason: 'Worker.terminate() of Deno resolves before the thread has ended',
  },
  {
    test: /throwing\.test/,
    reason: 'Deno prints an exception of a listener of its net.Socket where Node.js emits uncaughtException',
  },
  {
    test: /a broken connection is an error of the TLS stream/,
    error: /EPIPE/,
    reason:
      'Deno throws EPIPE of the stream below TLS as an uncaught exception, also that of its own net.Socket',
  },
];

/** The rows that apply to a cell. */
function rowsFor({ output, environment }) {
  if (output === 'bun') return [...bun, noDescriptor];
  if (output === 'deno') return [...deno, noDescriptor];
  return environment.QEMU_LD_PREFIX === undefined ? [] : qemu;
}

/** Whether a row explains a failure: its name and its error have to fit, where the row says something of them. */
function fits({ test = /(?:)/, error: expected = /(?:)/, when = () => true }, { name, error }) {
  return test.test(name) && expected.test(error) && when(error);
}

/** Why a test fails on a cell; undefined if the failure is not known. */
export function reasonOf(failure, cell) {
  return rowsFor(cell).find(row => fits(row, failure))?.reason;
}
