// Tests of the conformance suite that fail on a runtime for a reason outside this package.

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
    test: /what is no socket is refused, and left as it is/,
    error: /the number of open descriptors/,
    reason: 'Bun closes the pipes of a child process some time after it has ended',
  },
];

/** Why a test fails on a cell; undefined if the failure is not known. */
export function reasonOf({ name, error }, { output, environment }) {
  const known = output === 'bun' ? bun : environment.QEMU_LD_PREFIX === undefined ? [] : qemu;
  return known.find(row => row.test?.test(name) || row.error?.test(error))?.reason;
}
