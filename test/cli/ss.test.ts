/** `berkeley ss` beside ss of iproute2. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { AF_INET, AF_UNIX, createServer, SOCK_DGRAM, SOCK_SEQPACKET, SOCK_STREAM, Socket } from 'berkeley';
import { needsCommand, notOnWindows } from '../support/kernel.js';
import { cli, jsonLines, start } from './cli.js';

/** The fields of a line, which both programs separate by spaces. */
const fields = (line: string) => line.trim().split(/\s+/);

describe('ss', { skip: notOnWindows('netlink') || needsCommand('ss', 'iproute2') }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-ss-'));
  const sockets: { close(): void }[] = [];
  const marks: string[] = [];

  before(async () => {
    const server = createServer({ host: '127.0.0.1', port: 0 });
    const { port } = server.getsockname();
    const client = new Socket();
    await client.connect({ host: '127.0.0.1', port });
    await client.send('unread');
    const server6 = createServer({ host: '::1', port: 0 });
    const datagrams = new Socket(AF_INET, SOCK_DGRAM);
    datagrams.bind({ host: '127.0.0.1', port: 0 });
    const types = [SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET];
    const named = types.map((type, n) => {
      const socket = new Socket(AF_UNIX, type);
      socket.bind(n === 0 ? { abstract: `berkeley-ss-${process.pid}` } : { path: join(folder, `s${n}`) });
      if (type !== SOCK_DGRAM) socket.listen(7);
      return socket;
    });
    sockets.push(server, client, server6, datagrams, ...named);
    marks.push(`:${port} `, `:${server6.getsockname().port} `, `:${datagrams.getsockname().port} `);
    marks.push(folder, `@berkeley-ss-${process.pid}`);
  });
  after(() => {
    for (const socket of sockets) socket.close();
    rmSync(folder, { recursive: true });
  });

  /** The lines about the sockets of this test, sorted. */
  const ours = (text: string) =>
    text
      .split('\n')
      .filter(line => marks.some(mark => `${line} `.includes(mark)))
      .map(line => fields(line).join(' '))
      .sort();

  for (const options of [
    ['-tuxa'],
    ['-tl'],
    ['-t'],
    ['-ul'],
    ['-xl'],
    ['-ta', '-p'],
    ['-xl', '-p'],
    ['-4', '-tl'],
    ['-6', '-tl'],
  ]) {
    test(`ss ${options.join(' ')} prints what iproute2 prints`, async () => {
      const [own, other] = await Promise.all([
        cli(['ss', ...options]),
        start(['ss', '-n', ...options]).result,
      ]);
      assert.equal(own.code, 0, own.stderr);
      // With one kind of socket, iproute2 leaves out its column.
      const withKind = options[0] === '-tuxa' || options[0]!.startsWith('-x');
      const theirs = ours(other.stdout);
      const found = ours(own.stdout).map(line => (withKind ? line : line.replace(/^\S+ /, '')));
      assert.deepEqual(found.sort(), theirs);
      assert.ok(theirs.length > 0, 'there are such sockets');
    });
  }

  test('--json and --port', async () => {
    const port = marks[0]!.slice(1).trim();
    const { stdout } = await cli(['ss', '-a', '--json', '--port', port]);
    const entries = jsonLines(stdout) as unknown as {
      kind: string;
      local: { port: number };
      receiveQueue: number;
    }[];
    assert.deepEqual(
      entries.map(({ kind }) => kind),
      ['tcp', 'tcp', 'tcp'],
    );
    assert.ok(entries.some(({ receiveQueue }) => receiveQueue === 'unread'.length));
  });
});
