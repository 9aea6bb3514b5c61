/**
 * What the resolver's functions return and throw. It checks their form; the parity tests check the answers.
 */
import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { test } from 'node:test';
import {
  AF_INET,
  AF_INET6,
  AI_CANONNAME,
  AI_NUMERICHOST,
  AI_PASSIVE,
  EAI_ADDRFAMILY,
  getaddrinfo,
  getaddrinfoSync,
  gethostbyaddrSync,
  gethostbynameEx,
  gethostbynameSync,
  gethostname,
  getnameinfo,
  getnameinfoSync,
  getservbyname,
  IPPROTO_TCP,
  if_indextoname,
  if_nameindex,
  if_nametoindex,
  inet_ntop,
  inet_pton,
  NI_NUMERICHOST,
  NI_NUMERICSERV,
  ResolverError,
  SOCK_STREAM,
  SocketError,
} from 'berkeley';
import { inWine } from '../support/kernel.js';
import { onWindows } from '../support/local.js';

/** An interface, to use as a zone. */
const ZONE = if_nameindex()[0]!.name;

const tcp = { type: SOCK_STREAM, protocol: IPPROTO_TCP };

test('getaddrinfo: an entry can be passed to a socket and its connect', async () => {
  const expected = [
    {
      family: AF_INET,
      ...tcp,
      canonicalName: undefined,
      address: { family: 'inet', host: '127.0.0.1', port: 80 },
    },
  ];
  const list = await getaddrinfo('127.0.0.1', 80, tcp);
  assert.deepEqual(list, expected);
  assert.deepEqual(getaddrinfoSync('127.0.0.1', 'http', tcp), expected);
  assert.ok(Object.isFrozen(list[0]) && Object.isFrozen(list[0]?.address));
});

test('getaddrinfo: the zone of an IPv6 address is a number, and not part of its text', () => {
  const index = if_nametoindex(ZONE);
  const byName = onWindows ? [] : [`fe80::1%${ZONE}`]; // Windows has no names of interfaces in zones
  for (const host of [...byName, `fe80::1%${index}`]) {
    const [entry] = getaddrinfoSync(host, 0, tcp);
    const address = { family: 'inet6', host: 'fe80::1', port: 0, flowinfo: 0, scopeId: index };
    assert.deepEqual(entry, { family: AF_INET6, ...tcp, canonicalName: undefined, address });
  }
});

test('getaddrinfo: without a host it returns the loopback, or any address to listen on', () => {
  const hosts = (flags: number) =>
    getaddrinfoSync(null, 80, { ...tcp, flags }).map(entry => entry.address.host);
  assert.deepEqual(hosts(0).sort(), ['127.0.0.1', '::1']);
  assert.deepEqual(hosts(AI_PASSIVE).sort(), ['0.0.0.0', '::']);
});

test('getaddrinfo: the first entry has the canonical name', () => {
  const [first, ...rest] = getaddrinfoSync('localhost', 80, { flags: AI_CANONNAME });
  assert.equal(first?.canonicalName, 'localhost');
  assert.ok(rest.length > 0 && rest.every(entry => entry.canonicalName === undefined));
});

test('concurrent look-ups return their own results', async () => {
  const hosts = Array.from({ length: 300 }, (_, i) =>
    i % 2 === 0 ? `127.0.0.${i % 256}` : `2001:db8::${i}`,
  );
  const lists = await Promise.all(hosts.map(host => getaddrinfo(host, 1, tcp)));
  assert.deepEqual(
    lists.map(list => list[0]?.address.host),
    hosts,
  );
});

test('an international host name is looked up in ASCII', async () => {
  const failure = { code: 'ENOTFOUND', hostname: 'xn--bcher-kva.invalid' };
  await assert.rejects(getaddrinfo('bücher.invalid', null), failure);
  assert.throws(() => gethostbynameSync('BÜCHER.invalid'), failure);
  assert.equal(gethostbynameSync('１２７.0.0.1'), '127.0.0.1');
});

test('getnameinfo', async () => {
  const numeric = NI_NUMERICHOST | NI_NUMERICSERV;
  const address = { family: 'inet', host: '192.0.2.1', port: 80 } as const;
  assert.deepEqual(getnameinfoSync(address, numeric), { host: '192.0.2.1', service: '80' });
  assert.deepEqual(await getnameinfo({ host: '127.0.0.1', port: getservbyname('ssh') }), {
    host: gethostbyaddrSync('127.0.0.1').hostname,
    service: 'ssh',
  });
  const index = if_nametoindex(ZONE);
  assert.deepEqual(await getnameinfo({ host: 'fe80::1', port: 0, scopeId: index }, numeric), {
    host: `fe80::1%${inWine ? 'lo' : onWindows ? index : ZONE}`, // Wine asks the resolver of Linux
    service: '0',
  });
});

test('a failure of the resolver has Node’s code, and the resolver’s own message', async () => {
  const unknown = new ResolverError({ kind: 'eai', code: -99 }, { syscall: 'getaddrinfo' });
  assert.deepEqual(
    [unknown.code, unknown.message, 'hostname' in unknown],
    ['EAI-99', 'getaddrinfo EAI-99', false],
  );

  if (!onWindows) {
    const subject = { syscall: 'getaddrinfo', hostname: '::1' };
    const other = new ResolverError({ kind: 'eai', code: EAI_ADDRFAMILY }, subject);
    assert.match(
      other.message,
      /^getaddrinfo EAI_ADDRFAMILY ::1 \(the host has no address of this family: .*AF_INET6/,
    );
  }

  await assert.rejects(getaddrinfo('not-a-number', null, { flags: AI_NUMERICHOST }), error => {
    assert.ok(error instanceof ResolverError && error instanceof SocketError);
    assert.equal(error.message, 'getaddrinfo ENOTFOUND not-a-number');
    assert.equal(String(error), `ResolverError: ${error.message}`);
    assert.deepEqual(
      { ...error },
      {
        code: 'ENOTFOUND',
        errno: error.errno,
        syscall: 'getaddrinfo',
        eai: 'EAI_NONAME',
        reason: 'Name or service not known',
        hostname: 'not-a-number',
      },
    );
    return true;
  });
  assert.throws(() => getaddrinfoSync('127.0.0.1', 'no-such-service'), {
    code: 'EAI_SERVICE',
    eai: 'EAI_SERVICE',
  });
  if (onWindows) return; // an empty name is this machine: "gethostbyname function"
  await assert.rejects(gethostbynameEx(''), {
    code: 'EAI_FAIL',
    hErrno: 'NO_RECOVERY',
    errno: 3,
    hostname: '',
  });
});

test('a failure of the system is a plain SocketError that names the look-up', () => {
  assert.throws(() => if_nametoindex('nosuch0'), {
    name: 'SocketError',
    message: 'if_nametoindex ENODEV nosuch0',
    code: 'ENODEV',
  });
  assert.throws(() => if_indextoname(4095), { message: 'if_indextoname ENXIO 4095' });
  assert.throws(() => getservbyname('nosuch', 'tcp'), {
    message: 'getservbyname ENOENT nosuch',
    code: 'ENOENT',
  });
});

test('interfaces and the host name', () => {
  for (const { index, name } of if_nameindex()) {
    assert.equal(if_nametoindex(name), index);
    assert.equal(if_indextoname(index), name);
  }
  assert.equal(gethostname(), hostname());
});

test('bytes are accepted in any view, and returned in a Buffer', () => {
  const packed = inet_pton(AF_INET6, '::ffff:192.0.2.1');
  assert.ok(Buffer.isBuffer(packed));
  const { buffer } = Uint8Array.from([9, 9, 9, 9, ...packed]);
  for (const view of [new DataView(buffer, 4), new Uint16Array(buffer, 4), buffer.slice(4)]) {
    assert.equal(inet_ntop(AF_INET6, view), '::ffff:192.0.2.1');
  }
});
