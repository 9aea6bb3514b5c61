/** IPv6 control messages: the kernel delivers what was sent. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AF_INET6,
  type ControlInput,
  IPPROTO_IPV6,
  IPV6_RECVDSTOPTS,
  IPV6_RECVHOPLIMIT,
  IPV6_RECVHOPOPTS,
  IPV6_RECVPATHMTU,
  IPV6_RECVPKTINFO,
  IPV6_RECVTCLASS,
  if_nametoindex,
  SOCK_DGRAM,
  Socket,
  SocketError,
} from 'berkeley';
import { IPV6_FLOWINFO, IPV6_MTU, IPV6_RECVORIGDSTADDR } from 'berkeley/constants';
import {
  destinationOptions,
  dontfrag,
  flowinfo,
  hoplimit,
  hopOptions,
  nextHop,
  originalDestination6,
  pathMtu,
  pktinfo6,
  spaceFor,
  tclass,
} from 'berkeley/control';
import { failsWith } from '../support/failure.js';
import { inet6, Pair, withoutRoot } from './pair.js';

const lo = if_nametoindex('lo');

describe('IPv6', () => {
  test('hop limit and traffic class', async () => {
    using pair = new Pair(inet6, [
      [IPPROTO_IPV6, IPV6_RECVHOPLIMIT],
      [IPPROTO_IPV6, IPV6_RECVTCLASS],
    ]);
    const space = spaceFor(hoplimit, tclass);
    const { control } = await pair.send('x', [hoplimit(3), tclass(0xb8)], space);
    assert.deepEqual([hoplimit.find(control), tclass.find(control)], [3, 0xb8]);
    const none = await pair.send('x', [hoplimit(-1)], space);
    assert.deepEqual([hoplimit.find(none.control), tclass.find(none.control)], [64, 0]);
    const zero = await pair.send('x', [hoplimit(0)], space);
    assert.equal(hoplimit.find(zero.control), 0);
  });

  test('the destination of a datagram, and an answer from that address', async () => {
    using pair = new Pair(inet6);
    using any = new Socket(AF_INET6, SOCK_DGRAM);
    any.bind({ host: '', port: 0 });
    any.setsockopt(IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
    await pair.sender.sendto('asked', { host: '::1', port: any.getsockname().port });
    const { control, address } = await any.recvmsg(10, { control: spaceFor(pktinfo6) });
    const info = pktinfo6.find(control)!;
    assert.deepEqual(info, { interfaceIndex: lo, local: '::1' });
    await any.sendmsg({ data: 'answered', address, control: [pktinfo6(info)] });
    assert.equal((await pair.sender.recvfrom(10)).address!.host, '::1');
  });

  test('flow label and traffic class', async () => {
    using pair = new Pair(inet6, [[IPPROTO_IPV6, IPV6_FLOWINFO]]);
    const { control } = await pair.send('x', [tclass(0x20)], spaceFor(flowinfo));
    assert.equal(flowinfo.find(control)! >>> 20, 0x20);
  });

  test('the original destination of a connection that was not redirected', async () => {
    using pair = new Pair(inet6, [[IPPROTO_IPV6, IPV6_RECVORIGDSTADDR]]);
    const { control } = await pair.send('x', [], spaceFor(originalDestination6));
    assert.deepEqual(originalDestination6.find(control), pair.receiver.getsockname());
  });

  test('extension headers', { skip: withoutRoot }, async () => {
    using pair = new Pair(inet6, [
      [IPPROTO_IPV6, IPV6_RECVHOPOPTS],
      [IPPROTO_IPV6, IPV6_RECVDSTOPTS],
    ]);
    // Next header (the kernel fills it in), length 0 (8 bytes in total), and PadN for the rest.
    const header = Buffer.from([0, 0, 1, 4, 0, 0, 0, 0]);
    const space = spaceFor(hopOptions.space(8), destinationOptions.space(8));
    const { control } = await pair.send('x', [hopOptions(header), destinationOptions(header)], space);
    assert.deepEqual(hopOptions.find(control)!.subarray(1), header.subarray(1));
    assert.deepEqual(destinationOptions.find(control)!.subarray(1), header.subarray(1));
    assert.equal(destinationOptions.find(control)![0], 17, 'UDP follows');
  });

  test('no fragments, and the path MTU if it is too small', async () => {
    using pair = new Pair(inet6);
    const { sender, receiver } = pair;
    sender.setsockopt(IPPROTO_IPV6, IPV6_RECVPATHMTU, 1);
    sender.setsockopt(IPPROTO_IPV6, IPV6_MTU, 1280);
    await sender.connect(receiver.getsockname());
    const send = (control: ControlInput) => sender.sendmsg({ data: Buffer.alloc(2000), control: [control] });
    assert.equal(await send(dontfrag(false)), 2000);
    await failsWith(() => send(dontfrag(true)), SocketError, 'EMSGSIZE', 'sendmsg');
    const { data, control } = await sender.recvmsg(10, { control: spaceFor(pathMtu), timeout: 5000 });
    assert.equal(data.length, 0);
    const { address, mtu } = pathMtu.find(control)!;
    assert.deepEqual([address.host, mtu], ['::1', 1280]);
  });

  test('a next hop, which Linux refuses', async () => {
    using pair = new Pair(inet6);
    const send = () => pair.send('x', [nextHop({ host: '::1', port: 0 })], 0);
    await failsWith(send, SocketError, 'EINVAL', 'sendmsg');
  });
});
