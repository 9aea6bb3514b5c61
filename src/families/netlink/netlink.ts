/** AF_NETLINK: the kernel's own messages about links, addresses, routes and much else. netlink(7). */

import type { FamilyDriver } from '../../address/driver.js';
import { recordCodec } from '../../address/record.js';
import { defineFamily } from '../../address/registry.js';
import { adviceFrom, needsModules } from '../../errors/advice-table.js';
import './address.js';
import { AF_NETLINK } from './constants.js';
import { sockaddr_nl } from './layout.js';

export const netlink: FamilyDriver<'netlink'> = defineFamily({
  ...recordCodec('netlink', AF_NETLINK, sockaddr_nl.size, {
    pid: { offset: sockaddr_nl.nl_pid, fallback: 0 },
    groups: { offset: sockaddr_nl.nl_groups, fallback: 0 },
  }),
  advise: adviceFrom([
    {
      calls: ['socket'],
      codes: ['EPROTONOSUPPORT'],
      text: ({ protocol }) =>
        needsModules(`netlink protocol ${protocol}`, `net-pf-${AF_NETLINK}-proto-${protocol}`),
    },
    { calls: ['bind', 'send'], codes: ['EPERM'], text: 'this group or request needs CAP_NET_ADMIN' },
    { calls: ['bind'], codes: ['EADDRINUSE'], text: 'another socket has this pid; 0 lets the kernel choose' },
    {
      calls: ['recv'],
      codes: ['ENOBUFS'],
      text: 'messages were lost because the receive buffer was full: read faster, or set so.rcvbuf',
    },
  ]),
});
