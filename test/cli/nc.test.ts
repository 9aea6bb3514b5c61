/** `berkeley nc` against socat and OpenBSD's nc, in both directions, over every transport that any kernel has. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { cli, startCli } from './cli.js';
import { freePort, type Transport, testNc } from './nc-peers.js';

const folder = mkdtempSync(join(tmpdir(), 'berkeley-nc-'));
after(() => rmSync(folder, { recursive: true }));

let count = 0;
const newPath = () => join(folder, `s${++count}`);
const newName = () => `berkeley-nc-${process.pid}-${++count}`;

function internet(host: string, version: '4' | '6', protocol: 'TCP' | 'UDP'): Transport {
  const isDatagram = protocol === 'UDP';
  const udp = isDatagram ? ['-u'] : [];
  const server = `${protocol}${version}-${isDatagram ? 'RECVFROM' : 'LISTEN'}`;
  return {
    name: `${protocol} over IPv${version}`,
    nc: { listen: [...udp, `-${version}`, '%'], connect: [...udp, host, '%'] },
    socat: {
      listen: [`${server}:%`],
      connect: [`${protocol}${version}:${version === '6' ? `[${host}]` : host}:%`],
    },
    place: freePort,
    ...(isDatagram && { isDatagram }),
  };
}

/** A Unix socket. The rest tells what differs from a stream with a path. */
function unix(
  name: string,
  words: readonly string[],
  socat: readonly [string, string],
  more: Partial<Transport>,
): Transport {
  return {
    name,
    nc: { listen: words, connect: words },
    socat: { listen: [socat[0]], connect: [socat[1]] },
    place: newPath,
    ...more,
  };
}

testNc([
  internet('127.0.0.1', '4', 'TCP'),
  internet('::1', '6', 'TCP'),
  internet('127.0.0.1', '4', 'UDP'),
  internet('::1', '6', 'UDP'),
  unix('a Unix stream', ['-U', '%'], ['UNIX-LISTEN:%', 'UNIX-CONNECT:%'], {}),
  unix('an abstract name', ['-U', '@%'], ['ABSTRACT-LISTEN:%', 'ABSTRACT-CONNECT:%'], { place: newName }),
  unix('Unix seqpacket', ['-U', '--seqpacket', '%'], ['UNIX-LISTEN:%,type=5', 'UNIX-CONNECT:%,type=5'], {
    isOurs: true,
    hasRecords: true,
  }),
  unix('Unix datagrams', ['-U', '-u', '%'], ['UNIX-RECVFROM:%', 'UNIX-SENDTO:%,bind=%.answer'], {
    isDatagram: true,
  }),
]);

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
