/** getnameinfo, gethostbyname, gethostbyaddr and getfqdn against Python on the same machine. */
import { test } from 'node:test';
import { NI_DGRAM, NI_NAMEREQD, NI_NOFQDN, NI_NUMERICHOST, NI_NUMERICSERV } from 'berkeley';
import { compare, inet6, names, numbers } from './names-adapters.js';
import { type Call, python } from './names-peer.js';

test('getnameinfo', async () => {
  const addresses = [
    ...[
      ['127.0.0.1', 80],
      ['127.1', 53],
      ['192.0.2.77', 22],
      ['0.0.0.0', 0],
      ['::1', 80],
      ['::1', 80, 5, 0],
    ],
    ...[
      ['fe80::1', 80, 0, 1],
      ['fe80::1', 80, 0, 99],
      ['ff02::1', 80, 0, 1],
      ['::1', 514, 0, 1],
      ['::ffff:127.0.0.1', 1],
    ],
    ...[
      ['localhost', 80],
      ['', 80],
      ['<broadcast>', 80],
      ['fe80::1%nosuch', 80],
      ['::1', 80, 1 << 20],
    ],
  ];
  const flags = [
    0,
    NI_NUMERICHOST,
    NI_NUMERICSERV,
    NI_NUMERICHOST | NI_NUMERICSERV,
    NI_DGRAM,
    NI_NAMEREQD,
    NI_NOFQDN,
    1 << 14,
  ];
  await compare(addresses.flatMap(address => flags.map((flag): Call => ['getnameinfo', address, flag])));
});

test('gethostbyname and gethostbyaddr', async () => {
  const hosts = [...names, ...numbers, '<broadcast>'];
  await compare([...hosts, ...inet6, ''].map((host): Call => ['gethostbyname', host]));
  await compare(
    [...hosts, ...inet6, '192.0.2.77', '2001:db8::1'].map((host): Call => ['gethostbyaddr', host]),
  );
  const found = hosts.filter(host => 'value' in python([['gethostbyname', host]])[0]!);
  await compare([...found, ''].map((host): Call => ['gethostbyname_ex', host]));
});

test('getfqdn', async () => {
  const hosts = [...names, '127.0.0.1', '::1', '192.0.2.77', '', ' ', '0.0.0.0', '::', ' localhost '];
  await compare([['getfqdn'], ...hosts.map((host): Call => ['getfqdn', host])]);
});
