/** The guides of the site, in their order, by groups. Names are those of the files in docs, without `.md`. */
export const groups = [
  ['Getting started', ['guides/start', 'net', 'dgram', 'python', 'cli']],
  ['Calls and streams', ['guides/timeouts', 'streams', 'tls', 'socketserver', 'select']],
  ['Networks', ['options', 'guides/multicast', 'guides/raw', 'guides/capture', 'guides/netlink', 'guides/can']],
  ['One machine', ['guides/peers', 'guides/descriptors', 'guides/systemd', 'guides/statsd']],
  ['In production', ['guides/speed', 'security', 'guides/runtimes', 'guides/errors', 'platforms', 'windows']],
  ['Measured', ['performance', 'performance-notes', 'reliability']],
  ['For contributors', ['architecture']],
];

/** The group of a document. Pages that are generated from tables are in one of their own. */
export function groupOf(name) {
  if (name.startsWith('reference/')) return 'Tables';
  if (name.startsWith('families/')) return 'Address families';
  const found = groups.find(([, names]) => names.includes(name));
  if (found === undefined) throw new Error(`docs/${name}.md has no group: add it to site/guides.mjs`);
  return found[0];
}

/** The documents of the groups, in their order. */
export const guides = groups.flatMap(([, names]) => names);

/** The order of the groups in the navigation. */
export const groupOrder = [
  ...groups.slice(0, 5).map(([group]) => group),
  ...['Modules', 'Address families', 'Tables', 'Measured', 'For contributors'],
];
