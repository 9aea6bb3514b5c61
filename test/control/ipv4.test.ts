/** IPv4 control messages: the kernel delivers what was sent. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AF_INET,
  IP_PKTINFO,
  IP_RECVOPTS,
  IP_RECVTOS,
  IP_TOS,
  IP_TTL,
  IPPROTO_IP,
  if_nametoindex,
  SO_BROADCAST,
  SOCK_DGRAM,
  SOL_SOCKET,
  Socket,
} from 'berkeley';
import { IP_RECVORIGDSTADDR, IP_RECVTTL } from 'berkeley/constants';
import {
  describeControl,
  ipOptions,
  ipReturnOptions,
  originalDestination,
  pktinfo,
  spaceFor,
  tos,
  ttl,
} from 'berkeley/control';
import { inet, Pair, withoutRoot } from './pair.js';

const lo = if_nametoindex('lo');

describe('IPv4', () => {
  test('TTL and TOS, of the message and of the socket', async () => {
    using pair = new Pair(inet, [
      [IPPROTO_IP, IP_RECVTTL],
      [IPPROTO_IP, IP_RECVTOS],
    ]);
    const space = spaceFor(ttl, tos);
    const sent = await pair.send('x', [ttl(7), tos(0xb8)], space);
    assert.deepEqual(describeControl(sent.control), [
      { name: 'IP_TTL', value: 7 },
      { name: 'IP_TOS', value: 0xb8 },
    ]);
    pair.sender.setsockopt(IPPROTO_IP, IP_TTL, 9);
    pair.sender.setsockopt(IPPROTO_IP, IP_TOS, 0x10);
    const { control } = await pair.send('x', [], space);
    assert.deepEqual([ttl.find(control), tos.find(control)], [9, 0x10]);
  });

  test('the destination of a datagram, and an answer from that address', async () => {
    using pair = new Pair(inet);
    using any = new Socket(AF_INET, SOCK_DGRAM);
    any.bind({ host: '', port: 0 });
    any.setsockopt(IPPROTO_IP, IP_PKTINFO, 1);
    for (const host of ['127.0.0.1', '127.0.0.53', '127.9.9.9']) {
      await pair.sender.sendto('asked', { host, port: any.getsockname().port });
      const { control, address } = await any.recvmsg(10, { control: spaceFor(pktinfo) });
      const info = pktinfo.find(control)!;
      assert.deepEqual(info, { interfaceIndex: lo, local: host, destination: host });
      // Once as a value and once as received: the answer comes from the address that was asked.
      for (const answer of [[pktinfo(info)], control]) {
        await any.sendmsg({ data: 'answered', address, control: answer });
        assert.equal((await pair.sender.recvfrom(10)).address!.host, host);
      }
    }
  });

  test('a broadcast has both addresses', async () => {
    using any = new Socket(AF_INET, SOCK_DGRAM);
    any.bind({ host: '', port: 0 });
    any.setsockopt(IPPROTO_IP, IP_PKTINFO, 1);
    any.setsockopt(SOL_SOCKET, SO_BROADCAST, 1);
    await any.sendto('x', { host: '127.255.255.255', port: any.getsockname().port });
    const { control } = await any.recvmsg(10, { control: spaceFor(pktinfo), timeout: 5000 });
    const { local, destination } = pktinfo.find(control)!;
    assert.deepEqual([local, destination], ['127.0.0.1', '127.255.255.255']);
  });

  test('header options', { skip: withoutRoot }, async () => {
    using pair = new Pair(inet, [[IPPROTO_IP, IP_RECVOPTS]]);
    const options = Buffer.from([1, 1, 1, 0]); // three no-operation options, and the end
    const { control } = await pair.send('x', [ipReturnOptions(options)], ipOptions.space(40));
    assert.deepEqual(ipOptions.find(control), options);
  });

  test('the original destination of a connection that was not redirected', async () => {
    using pair = new Pair(inet, [[IPPROTO_IP, IP_RECVORIGDSTADDR]]);
    const { control } = await pair.send('x', [], spaceFor(originalDestination));
    assert.deepEqual(originalDestination.find(control), pair.receiver.getsockname());
  });
});
