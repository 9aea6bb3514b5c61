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
];
