import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, fstatSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { AF_UNIX, close, SOCK_DGRAM, Socket } from 'berkeley';
import { isJournalStream, Journal, type JournalFields } from 'berkeley/activation';
import { withEnvironment } from './environment.js';

function receiver(t: TestContext): { socket: Socket<'unix'>; journal: Journal } {
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-journal-'));
  const path = join(folder, 'socket');
  const socket = new Socket(AF_UNIX, SOCK_DGRAM);
  socket.bind({ path });
  const journal = new Journal(path);
  t.after(() => {
    journal.close();
    socket.close();
    rmSync(folder, { recursive: true });
  });
  return { socket, journal };
}

test('an entry has a line per value, and a length before a value with line breaks', async t => {
  const { socket, journal } = receiver(t);
  const fields: JournalFields = {
    MESSAGE: 'Connection refused',
    PRIORITY: 3,
    ATTEMPT: 4n,
    PEER: ['a', 'b'],
    ABSENT: undefined,
    TEXT: 'two\nlines',
    BYTES: Uint8Array.of(0, 255),
  };
  const expected = Buffer.concat([
    Buffer.from('MESSAGE=Connection refused\nPRIORITY=3\nATTEMPT=4\nPEER=a\nPEER=b\nTEXT\n'),
    Buffer.from([9, 0, 0, 0, 0, 0, 0, 0]),
    Buffer.from('two\nlines\nBYTES='),
    Buffer.from([0, 255, 10]),
  ]);
  await journal.send(fields);
  assert.deepEqual(await socket.recv(4096, { timeout: 20_000 }), expected);
  journal.sendSync(fields);
  assert.deepEqual(await socket.recv(4096, { timeout: 20_000 }), expected);
});

test('an entry that fits in no datagram is passed in a file without a name', async t => {
  const { socket, journal } = receiver(t);
  const entry = { MESSAGE: 'x'.repeat(4_000_000) };
  for (const send of [() => journal.send(entry), async () => journal.sendSync(entry)]) {
    await send();
    const { data, fds } = await socket.recvFds(4096, 4, { timeout: 20_000 });
    assert.equal(data.length, 0);
    const [fd] = fds as [number];
    assert.equal(fstatSync(fd).nlink, 0);
    assert.equal(readFileSync(`/proc/self/fd/${fd}`, 'utf8'), `MESSAGE=${entry.MESSAGE}\n`);
    close(fd);
  }
});

test('names that the journal would drop, and values of other kinds, are refused', async t => {
  const { journal } = receiver(t);
  for (const name of ['message', '_PID', '1ST', 'A B', '', 'A'.repeat(65)]) {
    await assert.rejects(journal.send({ [name]: 'x' }), {
      code: 'ERR_INVALID_ARG_VALUE',
      message: /'fields'/,
    });
  }
  await assert.rejects(journal.send({ A: null as never }), { message: /"fields\.A"/ });
  await assert.rejects(journal.send({ A: ['x', {} as never] }), { message: /"fields\.A"/ });
  await assert.rejects(journal.send({}), { message: /'fields' must have a field/ });
  assert.throws(() => journal.sendSync({ A: undefined }), { message: /'fields' must have a field/ });
  journal.close();
  await assert.rejects(journal.send({ A: 'x' }), { code: 'EBADF' });
  const nobody = new Journal('/nonexistent/socket');
  await assert.rejects(nobody.send({ A: 'x' }), { code: 'ENOENT' });
  nobody.close();
});

test('a stream of the journal is found by its device and inode', t => {
  const { dev, ino } = fstatSync(0, { bigint: true });
  withEnvironment(t, { JOURNAL_STREAM: `${dev}:${ino}` });
  assert.equal(isJournalStream(0), true);
  assert.equal(isJournalStream(1_000_000), false);
  withEnvironment(t, { JOURNAL_STREAM: undefined });
  assert.equal(isJournalStream(0), false);
});

const daemon = '/lib/systemd/systemd-journald';
const mount = ['--mount', '--pid', '--fork', 'mount', '-t', 'tmpfs', 'none', '/run'];
const canMount = spawnSync('unshare', mount).status === 0;
const hasJournal = existsSync(daemon) && spawnSync('journalctl', ['--version']).status === 0;
const withoutDaemon = !hasJournal
  ? 'needs systemd-journald and journalctl: apt-get install systemd'
  : !canMount && 'needs a mount namespace: run it as root';

test('systemd-journald stores the entries', { skip: withoutDaemon }, () => {
  const script = fileURLToPath(new URL('journald.sh', import.meta.url).href.replace('/build/', '/'));
  const program = fileURLToPath(new URL('journald-program.js', import.meta.url));
  const output = execFileSync(
    'unshare',
    ['--mount', '--pid', '--fork', 'sh', script, daemon, process.execPath, program],
    {
      encoding: 'utf8',
      timeout: 60_000,
      killSignal: 'SIGKILL',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const entries = output
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  const own = entries.map(entry =>
    Object.fromEntries(Object.entries(entry).filter(([name]) => !name.startsWith('_'))),
  );
  assert.deepEqual(own, [
    { BERKELEY: '1', MESSAGE: 'two\nlines', PRIORITY: '3', PEER: ['a', 'b'] },
    { BERKELEY: '1', MESSAGE: 'x'.repeat(500_000) },
    { BERKELEY: '1', MESSAGE: [0, 1, 255] },
  ]);
});
