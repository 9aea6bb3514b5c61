/** The values of options that contain the whole source list of a group. */

import { hostAt, interfaceAt } from '../address/fields.js';
import type { InterfaceInput } from '../address/interface.js';
import { checkArray, checkObject, checkText, invalidValue } from '../errors/argument.js';
import { MCAST_EXCLUDE, MCAST_INCLUDE } from '../families/inet/constants.js';
import { group_filter, ip_msfilter } from '../families/inet/layout.js';
import type { Codec } from '../layout/codec.js';
import { ipv4 } from '../layout/ip.js';
import { type Field, mapped, optional, record, u32 } from '../layout/record.js';
import { viewOf } from '../layout/view.js';
import { checkCount } from './element-count.js';

/** The sources of a group that are received. */
export interface SourceFilter<Interface = InterfaceInput> {
  /** A multicast address: `'239.1.2.3'`, `'ff02::fb'`. */
  readonly group: string;
  /** The interface that the group is joined on; by default that of the route to the group. */
  readonly interface?: Interface | undefined;
  /** Whether only `sources` are received (`include`), or all others (`exclude`). */
  readonly mode: 'include' | 'exclude';
  /** The senders’ addresses. */
  readonly sources: readonly string[];
}

const MODES = { include: MCAST_INCLUDE, exclude: MCAST_EXCLUDE };
/** The maximum number of sources in an answer. The kernel’s default limit is 10 (igmp_max_msf). */
const MOST_SOURCES = 256;

function modeAt(offset: number): Field<'include' | 'exclude'> {
  return mapped(
    u32(offset),
    number => (number === MCAST_INCLUDE ? 'include' : 'exclude'),
    (value, argument) => {
      if (typeof value === 'string' && Object.hasOwn(MODES, value)) return MODES[value];
      throw invalidValue(argument, "must be 'include' or 'exclude'", value);
    },
  );
}

type Head<Interface> = Omit<SourceFilter<Interface>, 'sources'> & { readonly count: number };

/** A codec for a header of fixed size, followed by the sources. */
function filterCodec<Interface>(
  head: Codec<Head<Interface>>,
  sourceAt: (offset: number) => Field<string>,
): Codec<SourceFilter<Interface>> {
  const step = sourceAt(0).size;
  return {
    type: '{ group, interface?, mode, sources }',
    size: head.size + MOST_SOURCES * step,
    fits: length => length >= head.size,
    // The kernel writes as many sources as the count in the parameter, regardless of the size of the buffer.
    encodePart: (parameter, argument) => head.encodePart!({ ...parameter, count: MOST_SOURCES }, argument),
    encode(value, argument) {
      const { sources } = checkObject(value, argument) as SourceFilter;
      checkArray(sources, `${argument}.sources`);
      const list = new Uint8Array(sources.length * step);
      sources.forEach((source, i) => {
        const name = `${argument}.sources[${i}]`;
        sourceAt(i * step).write(viewOf(list), checkText(source, name), name);
      });
      return Buffer.concat([head.encode({ ...value, count: sources.length }, argument), list]);
    },
    decode(bytes) {
      const { count, ...rest } = head.decode(bytes.subarray(0, head.size));
      checkCount(count, (bytes.length - head.size) / step, 'sources');
      const sources = Array.from({ length: count }, (_, i) =>
        sourceAt(head.size + i * step).read(viewOf(bytes)),
      );
      return Object.freeze({ ...rest, sources: Object.freeze(sources) });
    },
  };
}

/** The codec of struct group_filter, RFC 3678: IPv4 or IPv6, the interface by index or name. */
export const sourceFilter: Codec<SourceFilter> = filterCodec(
  record<Head<InterfaceInput>>(group_filter.gf_slist, {
    interface: optional(interfaceAt(group_filter.gf_interface), 0),
    group: hostAt(group_filter.gf_group),
    mode: modeAt(group_filter.gf_fmode),
    count: u32(group_filter.gf_numsrc),
  }),
  hostAt,
);

/** The codec of struct ip_msfilter, ip(7): IPv4, the interface by one of its addresses. */
export const ipv4SourceFilter: Codec<SourceFilter<string>> = filterCodec(
  record<Head<string>>(ip_msfilter.imsf_slist, {
    interface: optional(ipv4(ip_msfilter.imsf_interface), '0.0.0.0'),
    group: ipv4(ip_msfilter.imsf_multiaddr),
    mode: modeAt(ip_msfilter.imsf_fmode),
    count: u32(ip_msfilter.imsf_numsrc),
  }),
  ipv4,
);
