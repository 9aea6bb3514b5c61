/** Names that differ from Python on purpose. Each test states both outcomes. */
import { test } from 'node:test';
import {
  AF_INET,
  EAI_FAMILY,
  EAI_NONAME,
  EAI_SERVICE,
  IPPROTO_TCP,
  NI_NUMERICHOST,
  NI_NUMERICSERV,
  SOCK_STREAM,
} from 'berkeley';
import { differ } from './names-adapters.js';
import type { Call, Outcome } from './names-peer.js';

const REFUSED: Outcome = { failure: 'refused' };
const OSERROR: Outcome = { failure: 'oserror' };
const NO_SERVICE: Outcome = { failure: { eai: EAI_SERVICE } };
const NO_NAME: Outcome = { failure: { eai: EAI_NONAME } };
const NOT_FOUND: Outcome = { failure: { herror: 1 } };

test('an invalid argument is refused here, and wrapped or looked up in Python', async () => {
  const port0 = [[AF_INET, SOCK_STREAM, IPPROTO_TCP, '', ['127.0.0.1', 0]]];
  await differ(['getaddrinfo', '127.0.0.1', 65536, AF_INET, SOCK_STREAM], { value: port0 }, REFUSED);
  await differ(['getaddrinfo', '127.0.0.1', '65536', AF_INET, SOCK_STREAM], { value: port0 }, REFUSED);
  await differ(['getaddrinfo', '127.0.0.1', -1], NO_SERVICE, REFUSED);
  await differ(['getaddrinfo', '127.0.0.1', 80, -1], { failure: { eai: EAI_FAMILY } }, REFUSED);
  await differ(['getnameinfo', ['127.0.0.1', -1], 0], NO_SERVICE, REFUSED);
  await differ(['getnameinfo', ['127.0.0.1', 80, 0, 0], 0], OSERROR, REFUSED);
  await differ(['gethostbyaddr', ''], OSERROR, REFUSED);
  await differ(['if_indextoname', 2 ** 32 + 1], { value: 'lo' }, REFUSED);
});

test('Python refuses a label that the IDNA codec cannot encode, and here the resolver does not find the host', async () => {
  await differ(['gethostbyname', 'a..b'], REFUSED, NO_NAME);
  await differ(['gethostbyname', `${'x'.repeat(64)}.example`], REFUSED, NO_NAME);
});

test('Python calls getaddrinfo before gethostbyname, and the error is not the documented herror', async () => {
  await differ(['gethostbyname_ex', 'nosuch.example'], NO_NAME, NOT_FOUND);
});

test('Python accepts a flow label, and here a traffic class can be above it', async () => {
  const names: Outcome = { value: ['::1', '80'] };
  await differ(['getnameinfo', ['::1', 80, 0x100000], NI_NUMERICHOST | NI_NUMERICSERV], REFUSED, names);
  await differ(['getnameinfo', ['::1', 80, 0xfffffff], NI_NUMERICHOST | NI_NUMERICSERV], REFUSED, names);
});

test('Python overrides the zone of the host with a scope of 0, and here 0 is the default', async () => {
  for (const address of [
    ['fe80::1%lo', 80],
    ['fe80::1%lo', 80, 0, 0],
  ]) {
    const call: Call = ['getnameinfo', address, NI_NUMERICSERV];
    await differ(call, { value: ['fe80::1', '80'] }, { value: ['fe80::1%lo', '80'] });
  }
});
