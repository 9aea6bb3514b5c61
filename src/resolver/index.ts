/** Name resolution: names only. */
export {
  type AddressHints,
  type AddressInfo,
  type GetaddrinfoOptions,
  getaddrinfo,
  getaddrinfoSync,
} from './getaddrinfo.js';
export { getfqdn, getfqdnSync } from './getfqdn.js';
export { gethostbyaddr, gethostbyaddrSync } from './gethostbyaddr.js';
export { gethostbyname, gethostbynameEx, gethostbynameExSync, gethostbynameSync } from './gethostbyname.js';
export {
  type GetnameinfoOptions,
  getnameinfo,
  getnameinfoSync,
  type NameInfo,
  type NumericAddress,
  type SyncGetnameinfoOptions,
} from './getnameinfo.js';
export type { HostEntry } from './host-entry.js';
export { gethostname, sethostname } from './hostname.js';
export { type InterfaceName, if_indextoname, if_nameindex, if_nametoindex } from './interfaces.js';
export { ResolverError } from './resolver-error.js';
export { getprotobyname, getservbyname, getservbyport } from './services.js';
