import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fstatSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { AF_UNIX, close, SOCK_DGRAM, Socket } from 'berkeley';
import {
  forgetFds,
  notify,
  notifyBarrier,
  notifySync,
  type ServiceState,
  startWatchdog,
  storeFds,
  watchdogTimeout,
} from 'berkeley/activation';
import { withEnvironment } from './environment.js';

/** The socket of a service manager, at a path or with an abstract name. */
function manager(t: TestContext, isAbstract = false): Socket<'unix'> {
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-notify-'));
  const path = join(folder, 'socket');
  const socket = new Socket(AF_UNIX, SOCK_DGRAM);
  socket.bind(isAbstract ? { abstract: path } : { path });
  withEnvironment(t, { NOTIFY_SOCKET: isAbstract ? `@${path}` : path });
  t.after(() => {
    socket.close();
    rmSync(folder, { recursive: true });
  });
  return socket;
}

const hear = async (socket: Socket<'unix'>) => String(await socket.recv(4096, { timeout: 20_000 }));

for (const isAbstract of [false, true]) {
  test(`a service reports its state to ${isAbstract ? 'an abstract name' : 'a path'}`, async t => {
    const socket = manager(t, isAbstract);
    const rows: [ServiceState | string, string][] = [
      [{ ready: true, status: 'Waiting' }, 'READY=1\nSTATUS=Waiting'],
      [{ stopping: true, ready: false, status: undefined }, 'STOPPING=1'],
      [{ errno: -111, busError: 'org.example.Failed' }, 'ERRNO=111\nBUSERROR=org.example.Failed'],
      [{ mainPid: 42, watchdog: 'trigger' }, 'MAINPID=42\nWATCHDOG=trigger'],
      [
        { watchdog: true, watchdogTimeout: 1500, extendTimeout: 0.5 },
        'WATCHDOG=1\nWATCHDOG_USEC=1500000\nEXTEND_TIMEOUT_USEC=500',
      ],
      ['X_EXAMPLE=ü', 'X_EXAMPLE=ü'],
    ];
    for (const [state, text] of rows) {
      assert.equal(await notify(state), true);
      assert.equal(await hear(socket), text);
      assert.equal(notifySync(state), true);
      assert.equal(await hear(socket), text);
    }
    await notify({ reloading: true });
    const [, microseconds] = /^RELOADING=1\nMONOTONIC_USEC=(\d+)$/.exec(await hear(socket))!;
    const age = Number(process.hrtime.bigint() / 1000n) - Number(microseconds);
    assert.ok(age >= 0 && age < 60_000_000, `${age} µs old`);
  });
}

const withoutNotify =
  spawnSync('systemd-notify', ['--version']).status !== 0 && 'needs systemd-notify: apt-get install systemd';

test('systemd-notify sends the same', { skip: withoutNotify }, async t => {
  const socket = manager(t);
  const { status } = spawnSync('systemd-notify', ['--ready', '--status=Waiting', '--no-block']);
  assert.equal(status, 0);
  const theirs = (await hear(socket))
    .split('\n')
    .filter(line => !line.startsWith('MAINPID='))
    .sort();
  await notify({ ready: true, status: 'Waiting' });
  assert.deepEqual((await hear(socket)).split('\n').sort(), theirs);
});

test('without a service manager nothing is sent', async t => {
  withEnvironment(t, { NOTIFY_SOCKET: undefined, WATCHDOG_USEC: undefined });
  assert.equal(await notify({ ready: true }), false);
  assert.equal(notifySync({ ready: true }), false);
  assert.equal(await notifyBarrier(), false);
  assert.equal(await storeFds([0]), false);
  assert.equal(await forgetFds('stored'), false);
  assert.equal(startWatchdog(), undefined);
});

test('a manager that is gone, and a strange address, are errors', async t => {
  const socket = manager(t);
  socket.close();
  await assert.rejects(notify({ ready: true }), { code: 'ECONNREFUSED', syscall: 'sendto' });
  assert.throws(() => notifySync({ ready: true }), { code: 'ECONNREFUSED', syscall: 'sendto' });
  withEnvironment(t, { NOTIFY_SOCKET: 'vsock:2:1234' });
  const strange = { code: 'ERR_INVALID_STATE', message: /NOTIFY_SOCKET is neither a path nor/ };
  await assert.rejects(notify({ ready: true }), strange);
  await assert.rejects(notifyBarrier(), strange);
});

test('invalid states are refused by name, with and without a manager', async t => {
  withEnvironment(t, { NOTIFY_SOCKET: undefined });
  const rows: [unknown, string, RegExp][] = [
    [{}, 'ERR_INVALID_ARG_VALUE', /'state' must report something/],
    ['', 'ERR_INVALID_ARG_VALUE', /'state' must not be empty/],
    [{ stauts: 'x' }, 'ERR_INVALID_ARG_VALUE', /'state\.stauts'/],
    [{ status: 'two\nlines' }, 'ERR_INVALID_ARG_VALUE', /'state\.status' must be one line/],
    [{ ready: 1 }, 'ERR_INVALID_ARG_TYPE', /"state\.ready"/],
    [{ mainPid: 0 }, 'ERR_OUT_OF_RANGE', /"state\.mainPid"/],
    [{ watchdogTimeout: '5' }, 'ERR_INVALID_ARG_TYPE', /"state\.watchdogTimeout"/],
    [null, 'ERR_INVALID_ARG_TYPE', /"state"/],
  ];
  for (const [state, code, message] of rows) {
    await assert.rejects(notify(state as ServiceState), { code, message });
    assert.throws(() => notifySync(state as ServiceState), { code, message });
  }
  await assert.rejects(storeFds([0], { name: 'a:b' }), { message: /'options\.name' must be 1 to 255/ });
  await assert.rejects(storeFds([0], { poll: 1 as never }), { message: /"options\.poll"/ });
});

test('stored descriptors are copies with a name', async t => {
  const socket = manager(t);
  const file = openSync('/etc/passwd', 'r');
  t.after(() => close(file));
  assert.equal(await storeFds([file, { fd: file }], { name: 'accounts', poll: false }), true);
  const { data, fds } = await socket.recvFds(4096, 4, { timeout: 20_000 });
  assert.equal(String(data), 'FDSTORE=1\nFDNAME=accounts\nFDPOLL=0');
  assert.equal(fds.length, 2);
  for (const fd of fds) {
    assert.equal(fstatSync(fd).ino, fstatSync(file).ino);
    close(fd);
  }
  assert.equal(await forgetFds('accounts'), true);
  assert.equal(await hear(socket), 'FDSTOREREMOVE=1\nFDNAME=accounts');
});

test('a barrier waits until the manager has come to it', async t => {
  const socket = manager(t);
  await notify({ ready: true });
  let isDone = false;
  const barrier = notifyBarrier({ timeout: 20_000 }).then(told => {
    isDone = true;
    return told;
  });
  assert.equal(await hear(socket), 'READY=1');
  const { data, fds } = await socket.recvFds(4096, 4, { timeout: 20_000 });
  assert.equal(String(data), 'BARRIER=1');
  await new Promise(resolve => setTimeout(resolve, 10));
  assert.equal(isDone, false);
  for (const fd of fds) close(fd);
  assert.equal(await barrier, true);
  await assert.rejects(notifyBarrier({ timeout: 20 }), { name: 'TimeoutError' });
});

test('the watchdog hears from a service that works, twice within its limit', async t => {
  const socket = manager(t);
  withEnvironment(t, { WATCHDOG_USEC: '40000', WATCHDOG_PID: undefined });
  assert.equal(watchdogTimeout(), 40);
  let works = true;
  const checks: boolean[] = [];
  const watchdog = startWatchdog(() => {
    checks.push(works);
    return works;
  })!;
  for (let i = 0; i < 3; i++) assert.equal(await hear(socket), 'WATCHDOG=1');
  works = false;
  while (checks.filter(value => !value).length < 3) await new Promise(resolve => setTimeout(resolve, 5));
  const reports = checks.filter(Boolean).length;
  for (let i = 3; i < reports; i++) assert.equal(await hear(socket), 'WATCHDOG=1');
  await assert.rejects(socket.recv(4096, { timeout: 0 }), { code: 'EAGAIN' });
  watchdog[Symbol.dispose]();
  const { length } = checks;
  await new Promise(resolve => setTimeout(resolve, 60));
  assert.ok(checks.length <= length + 1, 'at most the check that was under way');
  withEnvironment(t, { WATCHDOG_PID: String(process.ppid) });
  assert.equal(watchdogTimeout(), undefined);
  withEnvironment(t, { WATCHDOG_USEC: 'soon' });
  assert.throws(() => watchdogTimeout(), { message: /WATCHDOG_USEC is not a decimal number: "soon"/ });
});
