/** The address families. Each line registers a family and exports its names. */
export * from './alg/index.js';
export * from './bluetooth/index.js';
export * from './can/index.js';
export * from './divert/index.js';
export * from './hyperv/index.js';
export * from './inet/index.js';
export * from './inet6/index.js';
export * from './netlink/index.js';
export * from './packet/index.js';
export * from './qipcrtr/index.js';
export * from './rds/index.js';
export * from './smc/index.js';
export * from './system/index.js';
export * from './tipc/index.js';
export * from './unix/index.js';
export * from './vsock/index.js';
