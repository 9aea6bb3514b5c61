/** getaddrinfo against Python on the same machine. */
import { hostname } from 'node:os';
import { test } from 'node:test';
import {
  AF_INET,
  AF_INET6,
  AI_ADDRCONFIG,
  AI_ALL,
  AI_CANONNAME,
  AI_NUMERICHOST,
  AI_NUMERICSERV,
  AI_PASSIVE,
  AI_V4MAPPED,
  IPPROTO_TCP,
  IPPROTO_UDP,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_STREAM,
} from 'berkeley';
import { compare, inet6, names, numbers, strangers } from './names-adapters.js';
import type { Call } from './names-peer.js';

test('getaddrinfo: hosts', async () => {
  const hosts = [...names, ...numbers, ...inet6, '', null];
  await compare(
    hosts.flatMap((host): Call[] =>
      [0, AF_INET, AF_INET6].flatMap((family): Call[] => [
        ['getaddrinfo', host, null, family],
        ['getaddrinfo', host, 80, family, SOCK_STREAM],
      ]),
    ),
  );
  const rare = [...strangers, '%', '<broadcast>', '127.0.0.1.', '日本.example', 'localhost.'];
  await compare(rare.map((host): Call => ['getaddrinfo', host, 80, AF_INET]));
});

test('getaddrinfo: services', async () => {
  const texts = 'http ssh domain tftp nosuch HTTP 80 +80 -1 0x50 08'.split(' ');
  await compare(
    [...texts, '', ' ', ' 80', '80 ', 0, 80, 65535, null].flatMap((service): Call[] =>
      [0, SOCK_STREAM, SOCK_DGRAM, SOCK_RAW].flatMap((type): Call[] => [
        ['getaddrinfo', '127.0.0.1', service, 0, type],
        ['getaddrinfo', '127.0.0.1', service, 0, type, 0, AI_NUMERICSERV],
      ]),
    ),
  );
});

test('getaddrinfo: types, protocols and families that do or do not go together', async () => {
  const calls: Call[] = [];
  for (const type of [0, SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, 99]) {
    for (const protocol of [0, IPPROTO_TCP, IPPROTO_UDP, 132, 255]) {
      calls.push(['getaddrinfo', '127.0.0.1', 80, AF_INET, type, protocol]);
      calls.push(['getaddrinfo', '::1', 'http', AF_INET, type, protocol]);
    }
  }
  for (const family of [1, 16, 99]) calls.push(['getaddrinfo', '127.0.0.1', 80, family]);
  await compare(calls);
});

test('getaddrinfo: flags', async () => {
  const flags = [
    ...[AI_PASSIVE, AI_CANONNAME, AI_NUMERICHOST, AI_NUMERICSERV, AI_V4MAPPED, AI_ALL, AI_ADDRCONFIG],
    ...[AI_PASSIVE | AI_NUMERICHOST, AI_CANONNAME | AI_NUMERICHOST, AI_V4MAPPED | AI_ALL, 1 << 30],
  ];
  const calls: Call[] = [];
  for (const flag of flags) {
    for (const host of ['localhost', hostname(), '127.0.0.1', '::1', null]) {
      for (const family of [0, AF_INET, AF_INET6]) {
        calls.push(['getaddrinfo', host, 80, family, SOCK_STREAM, 0, flag]);
        calls.push(['getaddrinfo', host, 'http', family, 0, 0, flag]);
      }
    }
  }
  calls.push(['getaddrinfo', 'nosuch.example', 80, 0, 0, 0, AI_NUMERICHOST]);
  await compare(calls);
});
