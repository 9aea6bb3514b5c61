/** The options of a batch, and of a message in it. */
import type { FamilyName } from '../address/address.js';
import { binding } from '../binding.js';
import { assertPresent } from '../constants/absent.js';
import type { Family } from '../constants/kinds.js';
import {
  checkArray,
  checkInteger,
  checkObject,
  invalidType,
  isInstance,
  outOfRange,
} from '../errors/argument.js';
import { AF_INET } from '../families/inet/constants.js';
import { checkSegments } from './batch-segments.js';
import { type ControlInput, encodeControl } from './control.js';
import { segment } from './udp-control.js';

/** The options of a batch. */
export interface BatchOptions<F extends FamilyName = 'inet'> {
  /** The number of messages that fit: 1 to 1,024 (the maximum of one system call). */
  readonly count: number;
  /** The maximum size of each message, in bytes. */
  readonly size: number;
  /** The space for control messages of each message, in bytes: the sum of their {@link CMSG_SPACE}; 0 by default. */
  readonly controlSize?: number | undefined;
  /** The family of the addresses that {@link MessageBatch.push} takes: an `AF_` constant, `AF_INET` by default. */
  readonly family?: Family<F> | undefined;
  /**
   * Whether to make one system call per message, as on systems without recvmmsg(2) and sendmmsg(2); false by default.
   */
  readonly oneByOne?: boolean | undefined;
}

/** Additional parts of a message. */
export interface MessageExtras {
  /** Control messages; none by default. */
  readonly control?: readonly ControlInput[] | undefined;
  /** Sends the data as UDP datagrams of this many bytes each; the last has the rest (UDP_SEGMENT, udp(7)). */
  readonly segmentSize?: number | undefined;
}

/** The maximum of all slots together. A `Buffer` can be longer, but a mistake should not allocate more. */
const MOST_BYTES = 0x7fffffff;
const MOST_CONTROL = 1 << 20;

/** The options of a batch, with defaults. */
export type CheckedOptions<F extends FamilyName> = {
  readonly [K in keyof BatchOptions<F>]-?: Exclude<BatchOptions<F>[K], undefined>;
};

/** Checks the options of a batch and adds defaults. */
export function checkOptions<F extends FamilyName>(options: BatchOptions<F>): CheckedOptions<F> {
  const {
    count,
    size,
    controlSize = 0,
    family = AF_INET,
    oneByOne = false,
  } = checkObject(options, 'options') as BatchOptions<F>;
  checkInteger(count, 'options.count', 1, binding.batchMax);
  checkInteger(size, 'options.size', 1, Math.floor(MOST_BYTES / count));
  checkInteger(controlSize, 'options.controlSize', 0, Math.min(MOST_CONTROL, Math.floor(MOST_BYTES / count)));
  assertPresent(family, 'options.family');
  checkInteger(family, 'options.family', 0, 0xffff);
  if (typeof oneByOne !== 'boolean') throw invalidType('options.oneByOne', 'of type boolean', oneByOne);
  return { count, size, controlSize, family: family as Family<F>, oneByOne };
}

/** The control data of a message, and whether it contains a segment size. */
export interface EncodedExtras {
  readonly control: Uint8Array | null;
  readonly isSegmented: boolean;
}

const NOTHING: EncodedExtras = Object.freeze({ control: null, isSegmented: false });

/** Checks and encodes the additional parts of a message of `length` bytes, in at most `space` bytes. */
export function encodeExtras(
  extras: readonly ControlInput[] | MessageExtras | undefined,
  length: number,
  family: number,
  space: number,
): EncodedExtras {
  if (extras === undefined) return NOTHING;
  const isList = isInstance(extras, Array);
  const { control = [], segmentSize } = isList
    ? { control: extras as readonly ControlInput[] }
    : (checkObject(extras, 'extras') as MessageExtras);
  checkArray(control, 'extras.control');
  if (segmentSize !== undefined) checkSegments(length, segmentSize, family);
  const cuts = segmentSize !== undefined && segmentSize < length;
  const encoded = encodeControl(
    cuts ? [...control, segment(segmentSize)] : control,
    isList ? 'extras' : 'extras.control',
  );
  if (encoded !== null && encoded.length > space) {
    const range = `<= ${space}, the controlSize of the batch`;
    throw outOfRange('extras.control.length', range, encoded.length);
  }
  const isSegmented = cuts || control.some(segment.matches);
  return { control: encoded, isSegmented };
}
