/** AF_NETLINK: the kernel's own messages about links, addresses, routes and much else. netlink(7). */

import type { FamilyDriver } from '../../address/driver.js';
import { recordCodec } from '../../address/record.js';
import { defineFamily } from '../../address/registry.js';
import './address.js';
import { AF_NETLINK } from './constants.js';
import { sockaddr_nl } from './layout.js';

export const netlink: FamilyDriver<'netlink'> = defineFamily({
  ...recordCodec('netlink', AF_NETLINK, sockaddr_nl.size, {
    pid: { offset: sockaddr_nl.nl_pid, fallback: 0 },
    groups: { offset: sockaddr_nl.nl_groups, fallback: 0 },
  }),
  cure: ({ protocol, code }) =>
    code === 'EPROTONOSUPPORT'
      ? `modprobe net-pf-${AF_NETLINK}-proto-${protocol}, if this kernel was built with it`
      : undefined,
});
