/** The families: one line each, which registers the family and exports its names. */
export * from './inet/index.js';
export * from './inet6/index.js';
export * from './unix/index.js';
