/** Options of TCP, level IPPROTO_TCP. tcp(7). */
export * from './algorithm.js';
export * from './connection.js';
export * from './fast-open.js';
export * from './figures.js';
export * from './macos.js';
export * from './repair.js';
export * from './sending.js';
export * from './signatures.js';
export type * from './tcp-info.js';
export * from './windows.js';
