/** What differs between IPv4 and IPv6 for programs that send packets with a limit of hops. ip(7), ipv6(7). */

import { AF_INET, AF_INET6 } from 'berkeley';
import {
  IP_RECVERR,
  IP_RECVTTL,
  IPPROTO_IP,
  IPPROTO_IPV6,
  IPV6_RECVERR,
  IPV6_RECVHOPLIMIT,
} from 'berkeley/constants';

export type InternetFamily = 'inet' | 'inet6';

/** The options of each family. */
export const internet = {
  inet: {
    family: AF_INET,
    level: IPPROTO_IP,
    receiveHops: IP_RECVTTL,
    receiveErrors: IP_RECVERR,
    header: 20,
  },
  inet6: {
    family: AF_INET6,
    level: IPPROTO_IPV6,
    receiveHops: IPV6_RECVHOPLIMIT,
    receiveErrors: IPV6_RECVERR,
    header: 40,
  },
} as const;
