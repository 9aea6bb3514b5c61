export type { Family } from '../constants/kinds.js';
