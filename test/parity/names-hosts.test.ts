/** getnameinfo, gethostbyname, gethostbyaddr and getfqdn against Python on the same machine. */
import { test } from 'node:test';
import { NI_DGRAM, NI_NAMEREQD, NI_NOFQDN, NI_NUMERICHOST, NI_NUMERICSERV } from 'berkeley';
import { compare, inet6, names, numbers, strangers } from './names-adapters.js';
import type { Call } from './names-peer.js';

/** In Python's form: host, port, and for IPv6 flow label and scope. */
const addresses = `
  127.0.0.1,80 127.1,53 0.0.0.0,0 ::1,80 ::1,80,5,0 fe80::1,80,0,1 fe80::1,80,0,99 ff02::1,80,0,1 ::1,514,0,1
  ::ffff:127.0.0.1,1 localhost,80 ,80 <broadcast>,80 fe80::1%nosuch,80 ::1,80,1048575 ::1,80,-1`;

test('getnameinfo', async () => {
  const tuples = addresses
    .trim()
    .split(/\s+/)
    .map(text => text.split(',').map((field, i) => (i === 0 ? field : Number(field))));
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
  await compare(tuples.flatMap(tuple => flags.map((flag): Call => ['getnameinfo', tuple, flag])));
});

test('gethostbyname and gethostbyaddr', async () => {
  const hosts = [...names, ...numbers, ...strangers];
  await compare([...hosts, ...inet6, '<broadcast>', ''].map((host): Call => ['gethostbyname', host]));
  await compare(
    [...hosts, ...inet6, '<broadcast>', '192.0.2.77'].map((host): Call => ['gethostbyaddr', host]),
  );
  await compare([...names, ...numbers, ''].map((host): Call => ['gethostbyname_ex', host]));
});

test('getfqdn', async () => {
  const hosts = [...names, 'nosuch.example', '127.0.0.1', '::1', '', ' ', '0.0.0.0', '::', ' localhost '];
  await compare([['getfqdn'], ...hosts.map((host): Call => ['getfqdn', host])]);
});
