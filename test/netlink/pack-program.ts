/**
 * The netlink tests run this program in a network namespace. It makes the links, addresses, routes and neighbours that
 * theirs() of pack.test.ts makes with ip(8); with the argument `delete`, it deletes what ip(8) deletes there.
 */
import { if_nametoindex, NETLINK_ROUTE } from 'berkeley';
import {
  NLM_F_CREATE,
  NLM_F_EXCL,
  RTM_DELADDR,
  RTM_DELLINK,
  RTM_DELNEIGH,
  RTM_DELROUTE,
  RTM_NEWADDR,
  RTM_NEWLINK,
  RTM_NEWNEIGH,
  RTM_NEWROUTE,
} from 'berkeley/constants';
import {
  IFA_F_NODAD,
  IFF_UP,
  listAddresses,
  listNeighbours,
  listRoutes,
  NetlinkConnection,
  packLink,
  packLinkAddress,
  packNeighbour,
  packRoute,
  RT_SCOPE_LINK,
  RTN_BLACKHOLE,
  RTPROT_STATIC,
  VETH_INFO_PEER,
} from 'berkeley/netlink';

using route = new NetlinkConnection(NETLINK_ROUTE);
const create = (type: number, payload: Buffer) => route.request(type, payload, NLM_F_CREATE | NLM_F_EXCL);

async function makeLinks(): Promise<void> {
  const red = packLink({ name: 'red', hardwareAddress: '02:00:00:00:00:02' });
  const pair = { kind: 'veth', kindAttributes: [[VETH_INFO_PEER, red]] } as const;
  const blue = { name: 'blue', mtu: 1400, queueLength: 77, hardwareAddress: '02:00:00:00:00:01' };
  await create(RTM_NEWLINK, packLink({ ...blue, ...pair }));
  await route.request(RTM_NEWLINK, packLink({ index: if_nametoindex('blue'), alias: 'the blue end' }));
  for (const name of ['lo', 'blue', 'red'])
    await route.request(RTM_NEWLINK, packLink({ name, flags: IFF_UP }));
  await create(
    RTM_NEWLINK,
    packLink({ name: 'green', kind: 'bridge', hardwareAddress: '02:00:00:00:00:03' }),
  );
  await route.request(RTM_NEWLINK, packLink({ name: 'red', master: if_nametoindex('green') }));
  await route.request(RTM_NEWLINK, packLink({ name: 'green', flags: IFF_UP }));
  await route.request(RTM_NEWLINK, packLink({ name: 'green', flags: 0, change: IFF_UP }));
}

async function makeAddresses(index: number): Promise<void> {
  const flags = IFA_F_NODAD;
  for (const address of [
    { address: '192.0.2.1', prefixLength: 24, broadcast: '192.0.2.255', label: 'blue:1' },
    { address: '192.0.2.9', peer: '198.51.100.9', scope: RT_SCOPE_LINK },
    { address: '2001:db8::1', prefixLength: 64, flags },
  ])
    await create(RTM_NEWADDR, packLinkAddress({ index, ...address }));
  await create(
    RTM_NEWNEIGH,
    packNeighbour({ index, address: '192.0.2.254', hardwareAddress: '02:00:00:00:00:fe' }),
  );
  await create(
    RTM_NEWNEIGH,
    packNeighbour({ index, address: '2001:db8::254', hardwareAddress: '02:00:00:00:00:fe' }),
  );
}

async function makeRoutes(index: number): Promise<void> {
  for (const one of [
    { destination: '203.0.113.0', prefixLength: 24, gateway: '192.0.2.254' },
    { destination: '203.0.113.77', index },
    { gateway: '192.0.2.254', metric: 50, preferredSource: '192.0.2.1' },
    { family: 'inet', destination: '10.1.0.0', prefixLength: 16, gateway: '2001:db8::254', index },
    { destination: '10.2.0.0', prefixLength: 16, index, table: 1000, protocol: RTPROT_STATIC },
    {
      ...{ destination: '10.3.0.0', prefixLength: 16 },
      nextHops: [
        { gateway: '192.0.2.254', index, weight: 3 },
        { gateway: '192.0.2.253', index },
      ],
    },
    { destination: '10.4.0.0', prefixLength: 16, type: RTN_BLACKHOLE },
    { destination: '2001:db8:1::', prefixLength: 48, gateway: '2001:db8::254' },
    { family: 'inet6', index, metric: 7 },
  ] as const)
    await create(RTM_NEWROUTE, packRoute(one));
}

/** Deletes objects as the lists have them, and one link by its name. */
async function deleteSome(index: number): Promise<void> {
  const isOf = (prefix: string) => (text: string | undefined) => text?.startsWith(prefix) === true;
  for (const one of await listRoutes())
    if (isOf('10.')(one.destination) || isOf('2001:db8:1:')(one.destination))
      await route.request(RTM_DELROUTE, packRoute(one));
  await route.request(RTM_DELROUTE, packRoute({ destination: '203.0.113.77', index }));
  for (const one of await listNeighbours())
    if (one.address === '192.0.2.254') await route.request(RTM_DELNEIGH, packNeighbour(one));
  for (const one of await listAddresses())
    if (one.address === '192.0.2.9' || one.address === '2001:db8::1')
      await route.request(RTM_DELADDR, packLinkAddress(one));
  await route.request(RTM_DELLINK, packLink({ name: 'green' }));
}

if (process.argv[2] === 'delete') await deleteSome(if_nametoindex('blue'));
else {
  await makeLinks();
  await makeAddresses(if_nametoindex('blue'));
  await makeRoutes(if_nametoindex('blue'));
}
