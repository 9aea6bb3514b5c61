/**
 * How the modules of the package are divided into files. A file is loaded when one of its functions is first
 * used, except where its values are needed at once (scripts/package/lazy.mjs). Parsing takes longer than
 * anything else in an import, so a program should only parse what it uses.
 *
 * Calls within a file are direct. Therefore everything that sends and receives is in `core`.
 */

/** The families that few programs use. */
const RARE = 'alg|bluetooth|can|divert|hyperv|netlink|packet|qipcrtr|rds|smc|system|tipc|vsock';

/**
 * The first row that matches a module applies. The bundler places a module that no row matches: into the file
 * of the entry point that needs it, or into a file that several entry points share.
 */
const chunks = [
  ['constant', /^constants\/(constant|exceptions)$/],
  // The classes that `berkeley` exports are needed at once, as are the names of the families.
  ['records', /^families\/unix\/credentials$/],
  ['core', /^(resolver\/resolver-error|internet\/borrow|families\/([a-z0-9]+\/)?index)$/],
  ['core', /^message\/(batch|batch-messages|descriptors)$/],
  ['base', /^message\/control$|^reactor\/events$|^socket\/accept-errors$/],
  ['failures', /^errors\/(general-advice|advice|advice-table|absent|errno|received|stack)$/],
  ['failures', /^(families\/(inet|inet6|unix)\/advice|address\/labels|constants\/protocol-names)$/],
  ['internet', /^(internet|resolver)\/|^address\/interface-addresses$/],
  ['control-rows', /^families\/.*control$|^families\/(inet\/sctp-|can\/j1939-progress)/],
  ['control-rows', /^message\/(any-socket|codec|errors|rows|timestamps|udp-control)/],
  ['families', new RegExp(`^families/(${RARE})/`)],
  ['calls', /^message\//],
  ['calls', /^socket\/(batch|descriptors|error-queue|message|options|segments|sendfile|windows|zero-copy)/],
  [
    'stream-classes',
    /^streams\/(duplex|unix-duplex|net-like|idle|files\/(socket|binary|text)-file|files\/file-core)$/,
  ],
  ['streams', /^streams\//],
  [
    'options-common',
    /^options\/((so|ip|ipv6|tcp)\/|(udp|unix|unicast|multicast|ip-socket|level|levels|codec|option|element-count|filter-program|membership|source-filter)$)/,
  ],
  ['options-other', /^options\/(?!index$)/],
  ['filters', /^bpf\/(?!index$)/],
  // A row also gives the files of an entry point their own copy of the constants that they name.
  ['services', /^activation\//],
  ['servers', /^socketserver\//],
  ['datagram-sockets', /^dgram\//],
  ['net-sockets', /^net\//],
  ['tls-sockets', /^tls\//],
  ['netlink-calls', /^netlink\/(?!connection$|constants$)/],
  [
    'records',
    /^(address\/(fields|numeric)|layout\/(time|netlink-attributes|hardware-address|text-fields|long))$/,
  ],
  ['base', /^(constants|errors|layout)\//],
  ['core', /^(address|families|reactor|socket)\/|^binding$/],
];

/** Returns the name of the file for a module, such as `socket/send`; `undefined` if no row matches it. */
export function chunkOf(module) {
  return chunks.find(([, modules]) => modules.test(module))?.[0];
}
