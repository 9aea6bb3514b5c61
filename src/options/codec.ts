/** Codecs for a program's own options: `codec` of `berkeley/options`, for use with {@link defineLevel}. */
export { bytes, list } from '../layout/bytes.js';
export { asymmetric, nothing } from '../layout/codec.js';
export {
  amount,
  boolean,
  int,
  natural,
  range,
  rangeOrDefault,
  rate,
  short,
  uint32,
  uint64,
} from '../layout/numbers.js';
export { text } from '../layout/text.js';
export { milliseconds } from '../layout/time.js';
