/** Services, protocols, interfaces and the machine's name, compared with Python on the same machine. */
import { hostname } from 'node:os';
import { test } from 'node:test';
import { if_nameindex } from 'berkeley';
import { compare } from './names-adapters.js';
import type { Call } from './names-peer.js';

test('services and protocols', async () => {
  const calls: Call[] = [];
  for (const protocol of [[], ['tcp'], ['udp'], ['sctp'], ['nosuch'], ['']]) {
    for (const name of ['http', 'www', 'ssh', 'domain', 'tftp', 'nosuch', 'HTTP', '']) {
      calls.push(['getservbyname', name, ...protocol]);
    }
    for (const port of [0, 22, 53, 69, 80, 443, 65535, 65536, -1]) {
      calls.push(['getservbyport', port, ...protocol]);
    }
  }
  for (const name of ['icmp', 'ICMP', 'tcp', 'udp', 'ip', 'ipv6-icmp', 'nosuch', '']) {
    calls.push(['getprotobyname', name]);
  }
  await compare(calls);
});

test('interfaces', async () => {
  await compare([
    ['if_nameindex'],
    ...if_nameindex().flatMap(({ index, name }): Call[] => [
      ['if_nametoindex', name],
      ['if_indextoname', index],
    ]),
    ...['nosuch', '', 'x'.repeat(16), 'x'.repeat(1000), 'lo ', 'é'].map(
      (name): Call => ['if_nametoindex', name],
    ),
    ...[0, 99999, 0x7fffffff, 0xffffffff].map((index): Call => ['if_indextoname', index]),
    ['if_indextoname', -1],
  ]);
});

test('the name of the machine', async () => {
  await compare([['gethostname'], ['sethostname', 'x'.repeat(65)]]);
  // Only root may set it, and the test sets the current name, which changes nothing.
  await compare([['sethostname', hostname()], ['gethostname']]);
});
