// Changes after which a program behaves as before, so that no test can find them: the file, the code, what replaces it, and
// why. `line`: a part of its line, if the same code is in others.

export const equivalents = [
  {
    file: 'src/message/control.ts',
    from: 'cmsghdr.cmsg_len_size === 8',
    to: ['true'],
    why: 'The length has 8 bytes on every platform with 64 bits; the tests run on one.',
  },
  {
    file: 'src/message/rows.ts',
    from: '[]',
    to: ['["Stryker was here"]'],
    why: 'A message whose type is this text does not exist: types are numbers.',
  },
  {
    file: 'src/message/rows.ts',
    from: 'row === undefined',
    to: ['false'],
    why: 'Without a row there is no value either. The condition is for the compiler.',
  },
  {
    file: 'src/address/reader.ts',
    from: 'address !== null',
    to: ['true'],
    why: 'isImmutable(null) is true.',
  },
  {
    file: 'src/families/inet6/address.ts',
    from: "zone === ''",
    to: ['false'],
    why: 'if_nametoindex(3) finds no interface without a name either.',
  },
  {
    file: 'src/families/inet6/address.ts',
    from: 'index < 0',
    to: ['index <= 0'],
    why: 'No interface has the index 0 (RFC 3493 section 4).',
  },
  {
    file: 'src/families/inet6/address.ts',
    from: 'percent < 0',
    to: ['percent <= 0'],
    why: 'A host that begins with % has no address before it, and is refused in both cases.',
  },
  {
    file: 'src/families/unix/address.ts',
    from: 'end < 0',
    to: ['end <= 0'],
    why: 'A name that begins with NUL is abstract, and was decoded before.',
  },
  {
    file: 'src/families/unix/address.ts',
    from: "typeof path === 'string'",
    to: ['true'],
    why: 'Buffer.from() takes both text and bytes.',
  },
  {
    file: 'src/reactor/lane.ts',
    line: 'this.#nonblocking',
    from: 'waiter.isNonblocking',
    to: ['false', 'true'],
    why: 'The number of calls that never wait only saves a walk: it is never too small.',
  },
  {
    file: 'src/reactor/lane.ts',
    from: 'this.#nonblocking--',
    to: ['this.#nonblocking++'],
    why: 'The number only saves a walk: it is never too small.',
  },
  {
    file: 'src/reactor/lane.ts',
    line: 'this.#nonblocking > 0',
    from: 'waiter !== undefined',
    to: ['true'],
    why: 'The number of calls that never wait is 0 at the end of the list.',
  },
  {
    file: 'src/reactor/lane.ts',
    from: 'waiter !== undefined && this.#nonblocking > 0',
    to: ['waiter !== undefined || this.#nonblocking > 0'],
    why: 'The number only saves a walk.',
  },
  {
    file: 'src/reactor/waiter.ts',
    line: 'isWaiting = false',
    from: 'false',
    to: ['true'],
    why: 'A lane sets it before it is read.',
  },
  {
    file: 'src/reactor/waiter.ts',
    from: 'this.#onAbort !== undefined',
    to: ['true'],
    why: 'removeEventListener() ignores undefined.',
  },
  {
    file: 'src/reactor/waiter.ts',
    from: 'this.operation.wait.signal?.removeEventListener',
    to: ['this.operation.wait.signal.removeEventListener'],
    why: 'A call that listens has a signal.',
  },
  {
    file: 'src/reactor/poll-handle.ts',
    from: 'events > 0',
    to: ['events >= 0'],
    why: '0 has no bits.',
  },
  {
    file: 'src/reactor/poll-handle.ts',
    from: 'parts.inputFollowers?.delete',
    to: ['parts.inputFollowers.delete'],
    why: 'The set is never removed.',
  },
];
