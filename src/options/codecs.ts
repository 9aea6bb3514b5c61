/** What options of a program's own are made of: `codec` of `berkeley/options`, for {@link defineLevel}. */
export { bytes, list, text } from './bytes-codec.js';
export {
  amount,
  asymmetric,
  boolean,
  int,
  natural,
  nothing,
  range,
  rangeOrDefault,
  rate,
  short,
  uint32,
  uint64,
} from './codec.js';
export { milliseconds } from './structures.js';
