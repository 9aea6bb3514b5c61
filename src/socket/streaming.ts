import type { FamilyName } from '../address/address.js';
import { Batcher } from './batching.js';

/** Files and streams over sockets. */
export abstract class Streamer<F extends FamilyName> extends Batcher<F> {}
