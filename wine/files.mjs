// Which tests run in a Windows process: those that ask nothing of Linux alone.
const folders = ['conformance', 'select', 'windows'];
const traits = [
  'closed',
  'collection',
  'ending',
  'fairness',
  'leaks',
  'memory',
  'order',
  'process',
  'threads',
];
const files = ['runtime/runtimes', 'tables/node', ...traits.map(name => `traits/${name}`)];

export function isForWindows(file) {
  const name = file.replace(/^build\/test\//, '').replace(/\.test\.js$/, '');
  return files.includes(name) || folders.includes(name.split('/')[0]);
}
