// What is changed, and which tests have to find it. A test takes a second or less: it runs once for each change of a file
// that it loads.

const test = name => `build/test/${name}.test.js`;
const program = name => `build/test/attack/mutation/${name}.js`;
const models = ['model', 'model-by-thread'].map(program);

/** By part: the files that are changed, and the tests. */
export const parts = {
  lane: {
    mutate: ['src/reactor/{lane,waiter}.ts'],
    tests: [program('lane'), test('reactor/poll-handle'), program('model')],
  },
  reactor: {
    mutate: ['src/reactor/{backoff,budget,operation,reactor}.ts'],
    tests: [
      test('reactor/reactor'),
      test('reactor/reactor-failure'),
      test('reactor/reactor-thread'),
      program('lane'),
      ...models,
    ],
  },
  handle: {
    mutate: ['src/reactor/{pending-input,poll-handle}.ts'],
    tests: [test('reactor/poll-handle'), test('reactor/lane-start'), program('model')],
  },
  control: {
    mutate: ['src/layout/tlv.ts', 'src/message/{codec,control,rows}.ts'],
    tests: [test('control/walk'), test('control/definitions'), test('control/rows'), program('fuzz-control')],
  },
  addresses: {
    mutate: ['src/address/reader.ts', 'src/families/{inet,inet6,unix}/address.ts'],
    tests: [test('address/bytes'), test('address/text'), program('fuzz-addresses')],
  },
  text: {
    mutate: ['src/address/registry.ts', 'src/layout/ip-text.ts'],
    tests: [test('address/ip-text'), test('address/text'), test('address/bytes'), program('fuzz-addresses')],
  },
};
