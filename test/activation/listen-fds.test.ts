import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createConnection, createServer, type SocketAddress } from 'berkeley';
import { listenFds } from 'berkeley/activation';
import { Program } from '../support/program.js';
import { withEnvironment } from './environment.js';

const program = fileURLToPath(new URL('listening-program.js', import.meta.url));

interface Told {
  readonly told: readonly { fd: number; name: string; address: SocketAddress; inheritable: boolean }[];
  readonly again: number;
  readonly pid: string | null;
}

async function answerOf(address: SocketAddress): Promise<string> {
  using connection = await createConnection(address as never, { timeout: 20_000 });
  let text = '';
  for await (const chunk of connection.chunks()) text += chunk;
  return text;
}

test('the sockets of a service are those that its manager has opened, with their names', async () => {
  const servers = [1, 2].map(() => createServer({ host: '127.0.0.1', port: 0 }));
  const addresses = servers.map(server => server.getsockname());
  // The shell becomes the service, so its process ID is that of the service.
  const command = 'LISTEN_PID=$$ LISTEN_FDS=2 LISTEN_FDNAMES=http: exec "$0" "$1"';
  using service = new Program('the service', ['sh', '-c', command, process.execPath, program], {
    stdio: ['pipe', 'pipe', 'pipe', ...servers.map(({ fd }) => fd)],
  });
  for (const server of servers) server.close();
  const { told, again, pid } = await service.hear<Told>();
  assert.deepEqual(told, [
    { fd: 3, name: 'http', address: addresses[0], inheritable: false },
    { fd: 4, name: 'unknown', address: addresses[1], inheritable: false },
  ]);
  assert.deepEqual([again, pid], [0, null], 'the environment has no variables any more');
  for (const address of addresses) assert.equal(await answerOf(address), 'served');
  await service.end();
});

const activator = 'systemd-socket-activate';
const withoutActivator =
  spawnSync(activator, ['--version']).status !== 0 && `needs ${activator}: apt-get install systemd`;

test('systemd-socket-activate starts a service', { skip: withoutActivator }, async () => {
  const free = createServer({ host: '127.0.0.1', port: 0 });
  const address = free.getsockname();
  free.close();
  using service = new Program('the service', [
    activator,
    `--listen=127.0.0.1:${address.port}`,
    '--fdname=web',
    process.execPath,
    program,
  ]);
  const answer = await (async () => {
    for (;;) {
      const text = await answerOf(address).catch(error => {
        if (error.code === 'ECONNREFUSED' && service.runs) return undefined; // it does not listen yet
        throw error;
      });
      if (text !== undefined) return text;
    }
  })();
  assert.equal(answer, 'served');
  const { told } = await service.hear<Told>();
  assert.deepEqual(
    told.map(({ fd, name }) => [fd, name]),
    [[3, 'web']],
  );
  await service.end();
});

test('nothing is passed to a process that the variables do not mean', t => {
  for (const variables of [
    { LISTEN_PID: undefined, LISTEN_FDS: '1' },
    { LISTEN_PID: String(process.ppid), LISTEN_FDS: '1' },
    { LISTEN_PID: String(process.pid), LISTEN_FDS: undefined },
    { LISTEN_PID: String(process.pid), LISTEN_FDS: '0' },
  ]) {
    withEnvironment(t, { LISTEN_FDNAMES: undefined, ...variables });
    assert.deepEqual(listenFds(), []);
  }
});

test('variables of another form are errors that name them', t => {
  const mine = { LISTEN_PID: String(process.pid), LISTEN_FDS: '2' };
  for (const [variables, message] of [
    [{ LISTEN_PID: '-1' }, /LISTEN_PID is not a decimal number: "-1"/],
    [{ LISTEN_FDS: '1e3' }, /LISTEN_FDS is not a decimal number: "1e3"/],
    [{ LISTEN_FDS: '' }, /LISTEN_FDS is not a decimal number: ""/],
    [{ LISTEN_FDNAMES: 'a:b:c' }, /LISTEN_FDNAMES has 3 names for 2 descriptors/],
  ] as const) {
    withEnvironment(t, { LISTEN_FDNAMES: undefined, ...mine, ...variables });
    assert.throws(() => listenFds(), { code: 'ERR_INVALID_STATE', message });
  }
  // No process of the tests has as many descriptors.
  withEnvironment(t, { ...mine, LISTEN_FDS: '100000', LISTEN_FDNAMES: undefined });
  assert.throws(() => listenFds(), { code: 'EBADF', syscall: 'fcntl' });
});
