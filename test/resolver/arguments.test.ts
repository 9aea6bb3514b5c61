/** An invalid argument is refused before the resolver is called, and the error names the argument. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AF_INET,
  AF_INET6,
  AI_MASK,
  getaddrinfo,
  getaddrinfoSync,
  getfqdn,
  getfqdnSync,
  gethostbyaddr,
  gethostbyaddrSync,
  gethostbyname,
  gethostbynameEx,
  gethostbynameExSync,
  gethostbynameSync,
  getnameinfo,
  getnameinfoSync,
  getprotobyname,
  getservbyname,
  getservbyport,
  htonl,
  htons,
  if_indextoname,
  if_nametoindex,
  inet_aton,
  inet_ntoa,
  inet_ntop,
  inet_pton,
  ntohl,
  ntohs,
  sethostname,
} from 'berkeley';

const TYPE = 'ERR_INVALID_ARG_TYPE';
const VALUE = 'ERR_INVALID_ARG_VALUE';
const RANGE = 'ERR_OUT_OF_RANGE';

// The types forbid most of these calls. The test checks what they do in JavaScript.
type Any = (...args: unknown[]) => unknown;
const any = (f: (...args: never[]) => unknown) => f as Any;

/** Arguments, and the mistake in them. */
type Row = readonly [args: readonly unknown[], code: string, argument: string];

async function refuses(
  calls: readonly ((...args: never[]) => unknown)[],
  rows: readonly Row[],
): Promise<void> {
  for (const [args, code, argument] of rows) {
    for (const call of calls) {
      await assert.rejects(
        async () => any(call)(...args),
        (error: Error & { code?: string }) => {
          assert.equal(error.code, code, `${call.name}: ${error}`);
          assert.match(error.message, new RegExp(`["']${argument.replace('.', '\\.')}["']`), call.name);
          assert.ok(code === RANGE ? error instanceof RangeError : error instanceof TypeError);
          return true;
        },
      );
    }
  }
}

const badHosts = (rest: readonly unknown[] = []): Row[] => [
  [[1, ...rest], TYPE, 'host'],
  [[{}, ...rest], TYPE, 'host'],
  [[Buffer.from('localhost'), ...rest], TYPE, 'host'],
  [[Symbol('x'), ...rest], TYPE, 'host'],
  [[1n, ...rest], TYPE, 'host'],
  [[Object.create(null), ...rest], TYPE, 'host'],
  [['local\0host', ...rest], VALUE, 'host'],
  [['x'.repeat(1025), ...rest], VALUE, 'host'],
  [['é'.repeat(1024), ...rest], VALUE, 'host'],
  [['é\u0000.example', ...rest], VALUE, 'host'],
  [['é .example', ...rest], VALUE, 'host'],
];

const badWaits = (before: readonly unknown[]): Row[] => [
  [[...before, null], TYPE, 'options'],
  [[...before, '100'], TYPE, 'options'],
  [[...before, [1]], TYPE, 'options'],
  [[...before, { timout: 1 }], VALUE, 'options.timout'],
  [[...before, AbortSignal.abort()], VALUE, 'options'],
  [[...before, { signal: {} }], TYPE, 'options.signal'],
  [[...before, { signal: null }], TYPE, 'options.signal'],
  [[...before, { timeout: '1' }], TYPE, 'options.timeout'],
  [[...before, { timeout: -1 }], RANGE, 'options.timeout'],
  [[...before, { timeout: Number.NaN }], RANGE, 'options.timeout'],
];

/** A Sync call cannot be aborted, and the C resolver has no timeout. */
const badSyncOptions = (before: readonly unknown[]): Row[] => [
  [[...before, { signal: new AbortController().signal }], TYPE, 'options.signal'],
  [[...before, { timeout: 1 }], VALUE, 'options.timeout'],
  [[...before, { flag: 1 }], VALUE, 'options.flag'],
];

test('getaddrinfo refuses invalid arguments', async () => {
  const rows: Row[] = [
    ...badHosts([80]),
    [[undefined, 80], TYPE, 'host'],
    [['localhost', undefined], TYPE, 'service'],
    [['localhost', 80n], TYPE, 'service'],
    [['localhost', -1], RANGE, 'service'],
    [['localhost', 65536], RANGE, 'service'],
    [['localhost', 1.5], RANGE, 'service'],
    [['localhost', '65536'], RANGE, 'service'],
    [['localhost', ' +65616'], RANGE, 'service'],
    [['localhost', 'http\0'], VALUE, 'service'],
    [['localhost', 80, null], TYPE, 'options'],
    [['localhost', 80, AF_INET], TYPE, 'options'],
  ];
  for (const name of ['family', 'type', 'protocol', 'flags']) {
    rows.push([['localhost', 80, { [name]: null }], TYPE, `options.${name}`]);
    rows.push([['localhost', 80, { [name]: '0' }], TYPE, `options.${name}`]);
    rows.push([['localhost', 80, { [name]: -1 }], RANGE, `options.${name}`]);
    rows.push([['localhost', 80, { [name]: 0.5 }], RANGE, `options.${name}`]);
    rows.push([['localhost', 80, { [name]: 2 ** 31 }], RANGE, `options.${name}`]);
  }
  await refuses([getaddrinfo, getaddrinfoSync], rows);
  await refuses([getaddrinfo], [...badWaits(['localhost', 80]), [['localhost', 80, 100], TYPE, 'options']]);
  await refuses([getaddrinfoSync], badSyncOptions(['localhost', 80]));
});

test('a flag that this platform lacks is named, and is not taken for 0', {
  skip: AI_MASK > 0,
}, async () => {
  await assert.rejects(getaddrinfo('localhost', 80, { flags: AI_MASK }), /"options\.flags".*AI_MASK/);
  assert.throws(() => getnameinfoSync({ host: '::1', port: 1 }, AI_MASK), /"flags".*AI_MASK/);
});

test('getnameinfo refuses invalid arguments', async () => {
  const host = '127.0.0.1';
  await refuses(
    [getnameinfo, getnameinfoSync],
    [
      [[undefined], TYPE, 'address'],
      [[host], TYPE, 'address'],
      [[{ port: 1 }], TYPE, 'address.host'],
      [[{ host: 'local\0host', port: 1 }], VALUE, 'address.host'],
      [[{ host }], TYPE, 'address.port'],
      [[{ host, port: '1' }], TYPE, 'address.port'],
      [[{ host, port: 65536 }], RANGE, 'address.port'],
      [[{ host, port: 1, flowinfo: 0 }], VALUE, 'address.flowinfo'],
      [[{ host, port: 1, scopeId: 0 }], VALUE, 'address.scopeId'],
      [[{ family: 'inet6', host, port: 1 }], VALUE, 'address.family'],
      [[{ family: 'inet', host: '::1', port: 1 }], VALUE, 'address.family'],
      [[{ family: 'unix', host, port: 1 }], VALUE, 'address.family'],
      [[{ host: '::1', port: 1, flowinfo: 2 ** 28 }], RANGE, 'address.flowinfo'],
      [[{ host: '::1', port: 1, scopeId: -1 }], RANGE, 'address.scopeId'],
      [[{ host: '::1', port: 1, scopeId: '1' }], TYPE, 'address.scopeId'],
      [[{ host, port: 1 }, -1], RANGE, 'flags'],
      [[{ host, port: 1 }, 0.5], RANGE, 'flags'],
      [[{ host, port: 1 }, '0'], TYPE, 'options'],
      [[{ host, port: 1 }, 1n], TYPE, 'options'],
      [[{ host, port: 1 }, { flags: '0' }], TYPE, 'options.flags'],
      [[{ host, port: 1 }, { flags: Symbol('x') }], TYPE, 'options.flags'],
    ],
  );
  await refuses([getnameinfo], badWaits([{ host, port: 1 }]));
  await refuses([getnameinfoSync], badSyncOptions([{ host, port: 1 }]));
});

test('gethostbyname, gethostbyaddr and getfqdn refuse invalid arguments', async () => {
  const byName = [gethostbyname, gethostbynameSync, gethostbynameEx, gethostbynameExSync];
  await refuses([...byName, gethostbyaddr, gethostbyaddrSync], [...badHosts(), [[], TYPE, 'host']]);
  await refuses([gethostbyaddr, gethostbyaddrSync], [[[''], VALUE, 'host']]);
  await refuses(
    [getfqdn, getfqdnSync],
    [
      [[null], TYPE, 'name'],
      [['a\0'], VALUE, 'name'],
    ],
  );
  await refuses(
    [gethostbyname, gethostbynameEx, gethostbyaddr, getfqdn],
    [...badWaits(['127.0.0.1']), [['127.0.0.1', 100], TYPE, 'options']],
  );
});

test('functions for services, protocols, interfaces and the host name refuse invalid arguments', async () => {
  await refuses(
    [getservbyname, getprotobyname, if_nametoindex],
    [
      [[], TYPE, 'name'],
      [[80], TYPE, 'name'],
      [['a\0'], VALUE, 'name'],
    ],
  );
  await refuses(
    [getservbyname],
    [
      [['http', 6], TYPE, 'protocol'],
      [['http', null], TYPE, 'protocol'],
    ],
  );
  await refuses(
    [getservbyport],
    [
      [['80'], TYPE, 'port'],
      [[65536], RANGE, 'port'],
      [[80, 'tcp\0'], VALUE, 'protocol'],
    ],
  );
  await refuses(
    [if_indextoname],
    [
      [['1'], TYPE, 'index'],
      [[-1], RANGE, 'index'],
      [[2 ** 32], RANGE, 'index'],
    ],
  );
  await refuses(
    [sethostname],
    [
      [[], TYPE, 'name'],
      [[1], TYPE, 'name'],
    ],
  );
});

test('inet_aton, inet_ntoa, inet_pton and inet_ntop refuse invalid arguments', async () => {
  await refuses(
    [inet_aton],
    [
      [[1], TYPE, 'text'],
      [['1.2.3.256'], VALUE, 'text'],
      [['::1'], VALUE, 'text'],
      [['1.2.3.4 \0'], VALUE, 'text'],
    ],
  );
  await refuses(
    [inet_ntoa],
    [
      [['\x01\x02\x03\x04'], TYPE, 'packed'],
      [[Buffer.alloc(5)], VALUE, 'packed'],
    ],
  );
  await refuses(
    [inet_pton],
    [
      [['2', '1.2.3.4'], TYPE, 'family'],
      [[1, '1.2.3.4'], RANGE, 'family'],
      [[AF_INET, 1], TYPE, 'text'],
      [[AF_INET, '1.2.3'], VALUE, 'text'],
      [[AF_INET6, '1.2.3.4'], VALUE, 'text'],
    ],
  );
  await refuses(
    [inet_ntop],
    [
      [[1, Buffer.alloc(4)], RANGE, 'family'],
      [[AF_INET, '1234'], TYPE, 'packed'],
      [[AF_INET, Buffer.alloc(16)], VALUE, 'packed'],
      [[AF_INET6, Buffer.alloc(4)], VALUE, 'packed'],
    ],
  );
});

test('htons, ntohs, htonl and ntohl refuse invalid arguments', async () => {
  await refuses(
    [htons, ntohs, htonl, ntohl],
    [
      [['1'], TYPE, 'value'],
      [[-1], RANGE, 'value'],
      [[0.5], RANGE, 'value'],
      [[2 ** 32], RANGE, 'value'],
    ],
  );
  await refuses([htons, ntohs], [[[65536], RANGE, 'value']]);
});
