/**
 * Multipath TCP: one path and several, over two cables between namespaces, compared with `ss -M` and `ip
 * mptcp`.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { AF_INET, IPPROTO_MPTCP, SOCK_STREAM, Socket, UnsupportedError } from 'berkeley';
import { mptcp } from 'berkeley/options';
import { hasSocket, inGuest, needsCommand, needsNamespaces } from '../support/kernel.js';
import { ip, Namespace } from '../support/namespaces.js';
import { python, withoutPython } from '../support/python.js';
import { Child } from '../support/running.js';

const wait = { timeout: 10_000 };
const program = fileURLToPath(new URL('mptcp-program.js', import.meta.url));

const without =
  (!inGuest &&
    !hasSocket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP) &&
    'needs MPTCP: sysctl net.mptcp.enabled=1') ||
  needsCommand('ss', 'iproute2');

describe('Multipath TCP', { skip: without }, () => {
  const listening = () => {
    const server = new Socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP);
    server.bind({ host: '127.0.0.1', port: 0 });
    server.listen();
    return server;
  };

  test('a connection with one path is as ss -M shows it', async () => {
    using server = listening();
    using client = new Socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP);
    await client.connect(server.getsockname(), wait);
    using peer = (await server.accept(wait)).socket;
    await client.sendAll('several paths', wait);
    assert.equal(String(await peer.recv(100, wait)), 'several paths');
    const { port } = client.getsockname();
    assert.match(
      await new Child('ss', ['-M', '-n', '-H']).ends(),
      new RegExp(`ESTAB.*127\\.0\\.0\\.1:${port}\\b`),
    );
    assert.equal(client.getOption(mptcp.info).subflows, 0, 'none beside the first');
    assert.equal(client.getOption(mptcp.subflowAddrs).length, 1);
  });

  test('a plain TCP client in Python is served over TCP, and the option reports the fallback', {
    skip: withoutPython,
  }, async () => {
    using server = listening();
    const connect = `
import socket
with socket.create_connection(('127.0.0.1', ${server.getsockname().port})) as s:
    s.sendall(b'one path')
    print(s.recv(100).decode())`;
    const theirs = new Child(python, ['-c', connect]);
    using peer = (await server.accept(wait)).socket;
    assert.equal(String(await peer.recv(100, wait)), 'one path');
    assert.throws(
      () => peer.getOption(mptcp.info),
      (error: Error) => error instanceof UnsupportedError && /MPTCP_INFO/.test(error.message),
    );
    await peer.sendAll('is enough', wait);
    assert.equal((await theirs.ends()).trim(), 'is enough');
  });
});

describe('Multipath TCP over two cables', { skip: without || needsNamespaces || withoutPython }, () => {
  let [client, server]: Namespace[] = [];
  before(() => {
    [client, server] = [new Namespace(), new Namespace()];
    for (const cable of [1, 2]) {
      const name = `c${cable}`;
      ip(['link', 'add', name, 'type', 'veth', 'peer', 'name', name, 'netns', server.name], client);
      for (const [where, host] of [
        [client, 1],
        [server, 2],
      ] as const) {
        ip(['address', 'add', `10.97.${cable}.${host}/24`, 'dev', name], where);
        ip(['address', 'add', `fd97:${cable}::${host}/64`, 'dev', name, 'nodad'], where);
        ip(['link', 'set', name, 'up'], where);
      }
    }
    for (const where of [client, server])
      ip(['mptcp', 'limits', 'set', 'subflow', '2', 'add_addr_accepted', '2'], where);
  });
  after(() => {
    for (const namespace of [client, server]) namespace?.remove();
  });

  for (const [version, family, host, second] of [
    ['IPv4', 'AF_INET', '10.97.1.2', '10.97.2.2'],
    ['IPv6', 'AF_INET6', 'fd97:1::2', 'fd97:2::2'],
  ] as const) {
    test(`a server that announces its second address gets a second subflow: ${version}`, async t => {
      const serving = `
import socket
with socket.socket(socket.${family}, socket.SOCK_STREAM, ${IPPROTO_MPTCP}) as s:
    s.bind(('', 0)) # at every address: further subflows come to the other ones
    s.listen()
    print('port', s.getsockname()[1], flush=True)
    c, _ = s.accept()
    while c.recv(100): pass`;
      ip(['mptcp', 'endpoint', 'add', second, 'dev', 'c2', 'signal'], server);
      t.after(() => ip(['mptcp', 'endpoint', 'flush'], server));
      await using theirs = new Child(...server!.command(python, '-c', serving));
      const [, port] = await theirs.prints(/port (\d+)/);
      await using ours = new Child(...client!.command(process.execPath, program, host, port!, '1'));
      const [line] = await ours.prints(/^\{.*\}$/m);
      const { info, addresses, states, local } = JSON.parse(line) as Told;
      assert.deepEqual([info.subflows, info.addAddrAccepted, info.subflowsMax], [1, 1, 2]);
      assert.deepEqual(states, ['ESTABLISHED', 'ESTABLISHED']);
      const ends = addresses.map(({ remote }) => `${remote.host} ${remote.port}`);
      assert.deepEqual(ends.sort(), [`${host} ${port}`, `${second} ${port}`]);
      // The same, from iproute2: the connection, and its two TCP connections.
      const ss = (...args: string[]) => new Child(...client!.command('ss', '-n', '-H', ...args)).ends();
      const [connection] = (await ss('-M', '-i')).match(/ESTAB.*?(?=ESTAB|$)/gs)!;
      assert.match(connection, new RegExp(`:${local.port}\\b.*:${port}\\b`));
      assert.match(connection, /subflows:1/);
      assert.match(connection, new RegExp(`token:${info.token.toString(16)}\\b`));
      const lines = (await ss('-t')).split('\n').filter(each => each.includes('ESTAB'));
      const remotes = lines.map(each => each.trim().split(/\s+/)[4]!);
      const wanted = [host, second].map(each => `${version === 'IPv6' ? `[${each}]` : each}:${port}`);
      assert.deepEqual(remotes.sort(), wanted);
    });
  }
});

/** The output of mptcp-program.ts. */
interface Told {
  readonly info: mptcp.MptcpInfo;
  readonly addresses: readonly { readonly remote: { readonly host: string; readonly port: number } }[];
  readonly states: readonly string[];
  readonly local: { readonly port: number };
}
