/** Typed socket options: `berkeley/options`. One group a level. */
export * as so from './so.js';
