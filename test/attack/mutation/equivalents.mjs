// Changes after which a program behaves as before, so that no test can find them: the file, the code, what replaces it, and
// why.

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
];
