/**
 * Advice matches the failure: the test provokes each row of the tables that this kernel permits, and checks
 * that other failures have no advice.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { AF_INET, SOCK_STREAM, Socket, type SocketError } from 'berkeley';
import type { AdviceRow } from '../../src/errors/advice-table.js';
import type { Failure } from '../../src/errors/adviser.js';
import { failureOf } from '../support/failure.js';
import { hasSocket, needsNamespaces, notOnWindows } from '../support/kernel.js';
import { onWindows } from '../support/local.js';
import { inOwnNetwork } from '../support/own-network.js';
import { built } from '../tables/constants.js';
import { runScene } from './run-scene.js';
import {
  general,
  internet,
  lacking,
  ownNetwork,
  type Scene,
  unixScenes,
  unixUnprivileged,
  unprivileged,
} from './scenes.js';

const { advise } = await import(built('src/errors/advice.ts'));
const { adviceFrom, needsModules } = await import(built('src/errors/advice-table.ts'));

const plain: Failure = { syscall: 'connect', code: 'EIO', errno: -5, family: 'inet', type: 1, protocol: 0 };

for (const [family, scenes] of Object.entries({ general, internet, unix: unixScenes })) {
  const skip = family === 'unix' && notOnWindows('names of AF_UNIX that the kernel tells, and in Wine any');
  describe(`advice: ${family}`, { skip }, () => {
    for (const [name, scene] of Object.entries(scenes))
      test(name, { skip: scene.skip ?? false }, async () => void (await runScene(scene)));
  });
}

// Runs in its own network namespace, because the sysctls of a container could permit what has to fail.
test('advice for an unprivileged process', { skip: needsNamespaces }, () => {
  const program = fileURLToPath(new URL('./unprivileged.js', import.meta.url));
  const passed = execFileSync('unshare', ['-n', process.execPath, program], { encoding: 'utf8' });
  assert.deepEqual(passed.trim().split('\n'), Object.keys({ ...unprivileged, ...unixUnprivileged }));
});

test('advice for raw and ping sockets', { skip: needsNamespaces }, () => {
  const program = fileURLToPath(new URL('./in-own-network.js', import.meta.url));
  const passed = execFileSync(...inOwnNetwork(process.execPath, program), { encoding: 'utf8' });
  assert.deepEqual(passed.trim().split('\n'), Object.keys(ownNetwork));
});

test(
  'a protocol that the kernel lacks has advice about its module',
  {
    skip: hasSocket(AF_INET, SOCK_STREAM, 132) && 'this kernel has SCTP',
  },
  async () => void (await runScene(lacking)),
);

test('a process without free descriptors gets advice about its limit', {
  skip: notOnWindows('a limit of descriptors'),
}, () => {
  const program = `
    const { Socket } = await import(${JSON.stringify(import.meta.resolve('berkeley'))});
    const sockets = [];
    try { for (;;) sockets.push(new Socket()); } catch (error) { console.log(error.message); }`;
  const command = 'ulimit -n 1024; exec "$0" --input-type=module -e "$1"';
  const printed = execFileSync('sh', ['-c', command, process.execPath, program], { encoding: 'utf8' });
  assert.match(printed, /^socket EMFILE \(this process has no file descriptor left.*ulimit -n\)/);
});

/** Rows that cannot be provoked here: part of their text, and the failure that they apply to. */
const elsewhere: readonly (readonly [text: RegExp, failure: Partial<Failure>])[] = [
  [/ulimit -n/, { syscall: 'accept', code: 'EMFILE' }],
  [/fs\.file-max/, { syscall: 'socket', code: 'ENFILE' }],
  [/does not support this address family/, { syscall: 'socket', code: 'EAFNOSUPPORT' }],
  [/longer than this socket can send/, { syscall: 'send', code: 'EMSGSIZE', type: 2, family: 'tipc' }],
];

test('rows that this kernel cannot provoke match their failures', {
  skip: onWindows && 'the advice for Windows is below',
}, () => {
  for (const [text, failure] of elsewhere) assert.match(advise({ ...plain, ...failure }), text);
});

test('every row is in a scene or in the list of those that cannot be provoked', async () => {
  const tables = [
    [
      (await import(built('src/errors/general-advice.ts'))).generalRows,
      general,
      elsewhere.map(([, one]) => one),
    ],
    [
      (await import(built('src/families/unix/advice.ts'))).unixRows,
      { ...unixScenes, ...unixUnprivileged },
      unixElsewhere,
    ],
    [
      (await import(built('src/families/inet/advice.ts'))).internetRows,
      { ...internet, ...unprivileged, ...ownNetwork, lacking },
      internetElsewhere,
    ],
  ] as const;
  for (const [rows, scenes, others] of tables) {
    for (const row of rows as AdviceRow[]) {
      const known = [...Object.values<Scene>(scenes), ...others];
      const isCovered = known.some(one => fits(row, one as Partial<Failure>));
      assert.ok(isCovered, `no scene for ${row.calls} ${row.codes}: ${row.text}`);
    }
  }
});

const callOf = (syscall: string) => syscall.replace(/^(send|recv).*/, '$1');

function fits({ calls, codes }: AdviceRow, { syscall = '', code = '' }: Partial<Failure>): boolean {
  return codes.includes(code) && (calls === undefined || calls.includes(callOf(syscall)));
}

const unixElsewhere: readonly Partial<Failure>[] = [
  { syscall: 'connect', code: 'EACCES' },
  { syscall: 'sendmsg', code: 'EPERM' },
];

const internetElsewhere: readonly Partial<Failure>[] = [
  { syscall: 'socket', code: 'EAFNOSUPPORT' },
  { syscall: 'send', code: 'EPERM' },
  { syscall: 'connect', code: 'EADDRNOTAVAIL' },
  { syscall: 'connect', code: 'ENETUNREACH' },
  { syscall: 'connect', code: 'EHOSTUNREACH' },
];

/** What no advice for Windows names: commands and settings of Linux. */
const ofLinux = /modprobe|sysctl|ulimit|CAP_|\bss -|\bip (?:-6 )?(?:address|route)|\/proc/;

test('no advice for Windows names a command of Linux, or SO_REUSEADDR', async () => {
  const { rowsOn } = await import(built('src/errors/advice-table.ts'));
  const { generalRows } = await import(built('src/errors/general-advice.ts'));
  const { internetRows } = await import(built('src/families/inet/advice.ts'));
  const { unixRows } = await import(built('src/families/unix/advice.ts'));
  const failure = { ...plain, syscall: 'bind', address: { host: '192.0.2.1', port: 80 } };
  const say = (text: AdviceRow['text']) => (typeof text === 'string' ? text : text(failure));
  const rows = [...generalRows, ...internetRows, ...unixRows] as AdviceRow[];
  assert.ok(rows.some(({ text }) => typeof text === 'string' && ofLinux.test(text)));
  for (const { text } of rowsOn(rows, 'win32') as AdviceRow[]) {
    if (text === unixRows[0].text) continue; // names ss(8) only where /proc says that the path is served
    assert.doesNotMatch(say(text) ?? '', ofLinux);
    assert.doesNotMatch(say(text) ?? '', /set SO_REUSEADDR/, 'it takes the port of another process there');
  }
  assert.equal(rowsOn(rows, 'linux'), rows);
});

test('advice for Internet failures that this machine cannot provoke', {
  skip: onWindows && 'the commands are those of Linux',
}, async () => {
  const { adviseInternet } = await import(built('src/families/inet/advice.ts'));
  const say = (failure: Partial<Failure>) => adviseInternet({ ...plain, ...failure });
  assert.match(say({ syscall: 'socket', code: 'EAFNOSUPPORT', family: 'inet6' }), /modprobe ipv6/);
  assert.equal(say({ syscall: 'socket', code: 'EAFNOSUPPORT' }), undefined);
  assert.match(say({ syscall: 'sendto', code: 'EPERM' }), /firewall/);
  const subnet = { host: '192.0.2.63', port: 1 };
  assert.match(say({ syscall: 'sendto', code: 'EACCES', address: subnet }), /if this is a broadcast address/);
  assert.match(say({ code: 'EADDRNOTAVAIL' }), /no local address to reach it from|ip_local_port_range/);
  const address = { host: '2001:db8::1', port: 1 };
  assert.match(
    say({ code: 'ENETUNREACH', family: 'inet6', address }),
    /no route.*ip -6 route get 2001:db8::1$/,
  );
  assert.match(
    say({ code: 'EHOSTUNREACH', address: { host: '192.0.2.1', port: 1 } }),
    /ip route get 192\.0\.2\.1$/,
  );
  assert.match(
    say({ syscall: 'bind', code: 'EADDRINUSE', address: { host: '', port: 0 } }),
    /no local port is free/,
  );
  assert.equal(say({ syscall: 'connect', code: 'ECONNREFUSED' }), undefined);
});

test('a refused connection has no advice about modules', {
  skip: notOnWindows('modules of the kernel'),
}, async () => {
  const { adviseVsock } = await import(built('src/families/vsock/advice.ts'));
  const { adviseCan } = await import(built('src/families/can/advice.ts'));
  const refused = { ...plain, family: 'vsock', code: 'ECONNRESET', address: { cid: 2, port: 1 } };
  assert.match(adviseVsock(refused), /no socket of the peer listens on this port/);
  assert.match(
    adviseVsock({ ...refused, code: 'ENODEV', address: { cid: 1, port: 1 } }),
    /modprobe vsock_loopback/,
  );
  assert.match(adviseVsock({ ...refused, code: 'ENODEV' }), /CID 2/);
  assert.equal(adviseVsock({ ...refused, code: 'ETIMEDOUT' }), undefined);
  assert.equal(adviseCan({ ...plain, code: 'ECONNREFUSED' }), undefined);
});

test('one command loads several modules', () => {
  assert.equal(needsModules('AF_TIPC', 'tipc'), 'AF_TIPC needs a kernel module: modprobe tipc');
  assert.equal(needsModules('AF_ALG', 'a', 'b'), 'AF_ALG needs kernel modules: modprobe -a a b');
});

test('a table returns the first matching row, and nothing for other failures', () => {
  const advice = adviceFrom([
    { calls: ['send'], codes: ['EIO', 'EPERM'], when: ({ type }: Failure) => type === 2, text: 'first' },
    { calls: ['send'], codes: ['EIO'], text: ({ code }: Failure) => code },
    { codes: ['EPERM'], text: 'any call' },
  ] satisfies AdviceRow[]);
  const say = (syscall: string, code: string, type = 1) => advice({ ...plain, syscall, code, type });
  assert.equal(say('sendto', 'EIO', 2), 'first');
  assert.equal(say('sendmmsg', 'EIO'), 'EIO');
  assert.equal(say('recvmsg', 'EIO'), undefined);
  assert.equal(say('bind', 'EPERM'), 'any call');
  assert.equal(say('sending', 'EIO'), undefined);
});

test('the advice of the family driver comes first', () => {
  const driver = { advise: ({ code }: Failure) => (code === 'EIO' ? 'mine' : undefined) };
  assert.equal(advise({ ...plain, driver }), 'mine');
  assert.match(advise({ ...plain, code: 'EMFILE', driver }), onWindows ? /close some/ : /ulimit/);
  assert.equal(advise({ ...plain, code: 'ECONNREFUSED', driver }), undefined);
});

test('a message has Node’s format if there is no advice', async () => {
  using socket = new Socket();
  const error = (await failureOf(() => socket.connect({ host: '127.0.0.1', port: 1 }))) as SocketError;
  assert.equal(error.message, 'connect ECONNREFUSED 127.0.0.1:1');
  assert.ok(!('hint' in error));
});
