import type { FamilyName } from '../address/address.js';
import { Passer } from './passing.js';

/** Many messages in one call. */
export abstract class Batcher<F extends FamilyName> extends Passer<F> {}
