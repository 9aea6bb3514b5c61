/** `berkeley nc` against socat, in both directions, over every transport that any kernel has. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { freePort, type Transport, testBesideSocat } from './beside-socat.js';
import { cli, startCli } from './cli.js';

const folder = mkdtempSync(join(tmpdir(), 'berkeley-nc-'));
after(() => rmSync(folder, { recursive: true }));

let count = 0;
const newPath = () => join(folder, `s${++count}`);
const newName = () => `berkeley-nc-${process.pid}-${++count}`;

function internet(
  name: string,
  host: string,
  version: string,
  protocol: string,
  more: object = {},
): Transport {
  const udp = protocol === 'UDP' ? ['-u'] : [];
  const server = udp.length === 0 ? `${protocol}${version}-LISTEN` : `${protocol}${version}-RECVFROM`;
  return {
    name,
    listen: [...udp, `-${version}`, '%'],
    connect: [...udp, host, '%'],
    socatListen: `${server}:%`,
    socatConnect: `${protocol}${version}:${host.includes(':') ? `[${host}]` : host}:%`,
    place: freePort,
    ...more,
  };
}

const transports: readonly Transport[] = [
  internet('TCP', '127.0.0.1', '4', 'TCP'),
  internet('TCP over IPv6', '::1', '6', 'TCP'),
  internet('UDP', '127.0.0.1', '4', 'UDP', { isDatagram: true }),
  internet('UDP over IPv6', '::1', '6', 'UDP', { isDatagram: true }),
  {
    name: 'Unix stream',
    listen: ['-U', '%'],
    connect: ['-U', '%'],
    socatListen: 'UNIX-LISTEN:%',
    socatConnect: 'UNIX-CONNECT:%',
    place: newPath,
  },
  {
    name: 'abstract name',
    listen: ['-U', '@%'],
    connect: ['-U', '@%'],
    socatListen: 'ABSTRACT-LISTEN:%',
    socatConnect: 'ABSTRACT-CONNECT:%',
    place: newName,
  },
  {
    name: 'Unix seqpacket',
    listen: ['-U', '--seqpacket', '%'],
    connect: ['-U', '--seqpacket', '%'],
    socatListen: 'UNIX-LISTEN:%,type=5',
    socatConnect: 'UNIX-CONNECT:%,type=5',
    place: newPath,
    hasRecords: true,
  },
  {
    name: 'Unix datagram',
    listen: ['-U', '-u', '%'],
    connect: ['-U', '-u', '%'],
    socatListen: 'UNIX-RECVFROM:%',
    socatConnect: 'UNIX-SENDTO:%,bind=%.answer',
    place: newPath,
    isDatagram: true,
  },
];

// Most of the time passes while programs wait for the end of datagrams.
describe('nc beside socat', { concurrency: 4 }, () => {
  for (const transport of transports) testBesideSocat(transport);
});

describe('nc', () => {
  test('tells which ports accept connections', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const { code, stderr } = await cli(['nc', '-z', '-v', '127.0.0.1', String(port), '1']);
    assert.match(
      stderr,
      new RegExp(`^127\\.0\\.0\\.1 ${port}: open\n127\\.0\\.0\\.1 1: connect ECONNREFUSED`),
    );
    assert.equal(code, 0);
    assert.equal((await cli(['nc', '-z', '127.0.0.1', '1'])).code, 1);
    server.close();
  });

  test('--keep serves one connection after the other', async () => {
    const server = startCli(['nc', '-v', '-l', '-k', '-d', '127.0.0.1', '0']);
    await server.printed('Listening on 127.0.0.1 port ');
    const port = /port (\d+)/.exec(server.stderr())![1]!;
    for (const input of ['one\n', 'two\n'])
      assert.equal((await cli(['nc', '-N', '127.0.0.1', port], { input })).code, 0);
    await server.printed('two\n');
    server.child.kill('SIGINT');
    const { stdout, code } = await server.result;
    assert.equal(stdout, 'one\ntwo\n');
    assert.equal(code, 130);
  });

  test('--wait ends a connection without data', async () => {
    const server = createServer(() => {}).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const { code } = await cli(['nc', '-d', '-w', '0.2', '127.0.0.1', String(port)], { open: true });
    assert.equal(code, 0);
    server.close();
  });

  test('--crlf sends lines as protocols want them', async () => {
    const server = startCli(['nc', '-v', '-l', '-d', '127.0.0.1', '0']);
    await server.printed('Listening on');
    const port = /port (\d+)/.exec(server.stderr())![1]!;
    await cli(['nc', '-N', '-C', '127.0.0.1', port], { input: 'a\nb\r\nc' });
    assert.equal((await server.result).stdout, 'a\r\nb\r\nc');
  });

  test('Ctrl-C ends with 130 and removes the path of a server', async () => {
    const path = newPath();
    const server = startCli(['nc', '-v', '-l', '-U', path], { open: true });
    await server.printed('Listening on');
    assert.ok(existsSync(path));
    server.child.kill('SIGINT');
    assert.equal((await server.result).code, 130);
    assert.ok(!existsSync(path));
  });
});
