// What is changed, and which tests have to find it. Each test is a program that takes a second or less: it runs once for each
// change of a file that it loads.

const test = name => `build/test/${name}.test.js`;
const program = name => `build/test/attack/mutation/${name}.js`;

/** By part: the files that are changed, and the tests. */
export const parts = {
  lane: {
    mutate: ['src/reactor/{lane,waiter}.ts'],
    tests: [program('lane'), program('model')],
  },
  reactor: {
    mutate: ['src/reactor/{reactor,operation,budget,backoff,pending-input,poll-handle}.ts'],
    tests: [
      test('reactor/lane'),
      test('reactor/reactor'),
      test('reactor/poll-handle'),
      ...['model', 'model-by-thread'].map(program),
    ],
  },
  control: {
    mutate: ['src/layout/tlv.ts', 'src/message/{control,codec,rows}.ts'],
    tests: [test('control/walk'), test('control/definitions'), test('control/rows'), program('fuzz-control')],
  },
  addresses: {
    mutate: [
      'src/address/{reader,registry}.ts',
      'src/families/{inet,inet6,unix}/address.ts',
      'src/layout/ip-text.ts',
    ],
    tests: [
      test('address/bytes'),
      test('address/text'),
      test('address/ip-text'),
      test('address/foreign'),
      program('fuzz-addresses'),
    ],
  },
};
