/** IP_PKTINFO, whose structure Windows has in another form. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AF_INET, IP_PKTINFO, IPPROTO_IP, SOCK_DGRAM, Socket } from 'berkeley';
import { pktinfo, spaceFor } from 'berkeley/control';

test('tells where a datagram was sent to, and chooses where one leaves from', async () => {
  using a = new Socket(AF_INET, SOCK_DGRAM);
  using b = new Socket(AF_INET, SOCK_DGRAM);
  a.bind({ host: '0.0.0.0', port: 0 });
  b.bind({ host: '127.0.0.1', port: 0 });
  a.setsockopt(IPPROTO_IP, IP_PKTINFO, 1);
  await b.sendto('question', { host: '127.0.0.1', port: a.getsockname().port });
  const { data, control, address } = await a.recvmsg(100, { control: spaceFor(pktinfo) });
  assert.equal(String(data), 'question');
  const info = pktinfo.find(control)!;
  assert.equal(info.destination, '127.0.0.1');
  assert.equal(info.local, '127.0.0.1');
  assert.ok(info.interfaceIndex > 0);
  await a.sendmsg({ data: 'answer', address: address!, control: [pktinfo({ local: '127.0.0.1' })] });
  const answer = await b.recvfrom(100);
  assert.equal(String(answer.data), 'answer');
  assert.equal(answer.address!.host, '127.0.0.1');
});
