/** Options of TCP, level IPPROTO_TCP. tcp(7). */
export * from './algorithm.js';
export * from './connection.js';
export * from './info.js';
export * from './other-systems.js';
export * from './repair.js';
export * from './sending.js';
export * from './signatures.js';
