/** A run of the benchmarks ends, reports losses, and cleans up. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { drive } from '../../bench/client.js';
import { compare } from '../../bench/compare.js';
import { type Clock, OutOfTime, startClock, within } from '../../bench/deadline.js';
import { Server, Unsupported } from '../../bench/server.js';
import { readSettings } from '../../bench/settings.js';

const settings = readSettings(['quick', '--seconds', '0.01']);
const program = fileURLToPath(new URL('../../bench/main.js', import.meta.url));

/** Where the runs have their directories: each run removes those of dead ones, also of runs in other test files. */
const temporary = mkdtempSync(join(tmpdir(), 'berkeley-test-'));
after(() => rmSync(temporary, { recursive: true }));

function runBench(...words: string[]): ChildProcess {
  const args = [program, 'quick', '--seconds', '0.01', '--rounds', '1', ...words];
  return spawn(process.execPath, args, { env: { ...process.env, TMPDIR: temporary } });
}

/**
 * Starts a UDP server that answers datagrams with `answers`. Datagrams that start with '!' are counted as
 * `count`.
 */
function startServer(answers: string): Promise<Server> {
  const script = `
    let count = 0;
    const server = require('node:dgram').createSocket('udp4', (data, { port }) => {
      if (data[0] === 33 && (count++, ${answers})) server.send('ok', port, '127.0.0.1');
    });
    server.bind(0, '127.0.0.1', () => console.log(server.address().port));`;
  return Server.start(settings.serverCpu, [process.execPath, '-e', script]);
}

test('the client asks again after a lost answer, and reports the number of losses', async () => {
  const server = await startServer('count !== 3');
  try {
    const { rate, lost } = await drive(server, ['burst', 64, 4], 0.05, settings);
    assert.ok(lost >= 1);
    assert.ok(rate > 0);
  } finally {
    await server.stop();
  }
});

test('the client fails if a server never answers', async () => {
  const server = await startServer('false');
  try {
    await assert.rejects(drive(server, ['burst', 64, 4], 0.01, settings), /client burst: no answer/);
  } finally {
    await server.stop();
  }
});

test('datagrams that the kernel drops in front of the server are reported as lost', async () => {
  const server = await startServer('true');
  try {
    // The client keeps the processor until it waits, and this burst does not fit into a receive buffer.
    const { lost } = await drive(server, ['gso-burst', 64, 4096], 0.01, settings);
    assert.ok(lost > 1000, `${lost} lost`);
  } finally {
    await server.stop();
  }
});

test('a hanging question fails after its time limit', async () => {
  const hang = () => new Promise<never>(() => {});
  await assert.rejects(within(0.05, hang, { patience: 0.05 }), /^Error: no result within 0.1 s$/);
});

test('a question that the end of the run interrupts is no mistake', async () => {
  const hang = () => new Promise<never>(() => {});
  await assert.rejects(within(10, hang, { limit: 0.05 }), OutOfTime);
});

test('a question that was given up starts nothing more', async () => {
  const hang = () => new Promise<never>(() => {});
  const clocks: Clock[] = [];
  const keep = (clock: Clock) => {
    clocks.push(clock, clock.part(10));
    return hang();
  };
  await assert.rejects(within(0.01, keep, { patience: 0.04 }), /no result within/);
  assert.deepEqual(
    clocks.map(clock => clock.isOut),
    [true, true],
  );
});

test('a run ends, and writes its results as JSON', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-test-'));
  try {
    const json = join(folder, 'results.json');
    const run = runBench('udp-gro-receive', '--json', json);
    const [output] = await Promise.all([text(run.stdout!), once(run, 'close')]);
    assert.equal(run.exitCode, 0, output);
    assert.match(output, /berkeley recvSegments/);
    const results = JSON.parse(readFileSync(json, 'utf8'));
    assert.equal(results.versions.node, process.versions.node);
    const [question] = results.questions;
    assert.equal(question.name, 'udp-gro-receive');
    assert.equal(question.reference.name, 'C recvmmsg, GRO');
    for (const { rate, cpu, low, high, rounds } of question.contestants) {
      assert.ok(rate > 0 && low <= cpu && cpu <= high);
      assert.equal(rounds.length, 1);
    }
    assert.equal(
      question.contestants.find((each: { name: string }) => each.name === 'node:dgram').overhead,
      1,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what does not fit into the budget is told', async () => {
  const run = spawn(process.execPath, [program, 'tcp-pingpong', 'accept', '--budget', '1']);
  const [output] = await Promise.all([text(run.stdout!), once(run, 'close')]);
  assert.equal(run.exitCode, 0, output);
  assert.equal(output.match(/skipped: no time left/g)?.length, 2, output);
});

test('a contestant that this run has no time for is told, and the others are measured', async () => {
  const clock = startClock(1, 1); // the reserve for what has started is longer
  const question = compare({
    name: 'tcp-pingpong',
    title: 'a question',
    server: 'tcp-echo',
    task: ['ping-pong', 64],
    reference: { name: 'C blocking', language: 'c', way: 'blocking' },
    contestants: [{ name: 'C epoll', language: 'c', way: 'epoll' }],
  });
  const { contestants } = await question.answer(settings, clock);
  assert.match(contestants[0]!.absent!, /no time left/);
  assert.equal(contestants[0]!.rounds.length, 0);
});

test('a server that cannot do what it is about says why', async () => {
  const script = `console.log('unsupported: this version has no such option')`;
  await assert.rejects(
    Server.start(settings.serverCpu, [process.execPath, '-e', script]),
    error => error instanceof Unsupported && error.message === 'this version has no such option',
  );
});

/** The directories in which a process has put its files. */
function foldersOf(pid: number): string[] {
  return readdirSync(temporary).filter(name => name.startsWith(`berkeley-bench-${pid}-`));
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);
}

/** Runs a question, and kills the run when at least three of its programs run. Returns their process ids. */
async function interrupt(signal: NodeJS.Signals): Promise<{ pid: number; programs: number[] }> {
  const run = runBench('tcp-pingpong');
  const exit = once(run, 'exit');
  let programs: number[] = [];
  for (; programs.length < 3 && run.exitCode === null; await sleep(5)) programs = childrenOf(run.pid!);
  run.kill(signal);
  await exit;
  assert.ok(programs.length >= 3);
  return { pid: run.pid!, programs };
}

async function haveEnded(programs: readonly number[]): Promise<void> {
  while (programs.some(pid => existsSync(`/proc/${pid}`))) await sleep(5);
}

test('an interrupted run removes its programs and its directory', { timeout: 60_000 }, async () => {
  const { pid, programs } = await interrupt('SIGINT');
  await haveEnded(programs);
  assert.deepEqual(foldersOf(pid), []);
});

test('a killed run leaves no programs, and the next run removes its directory', {
  timeout: 60_000,
}, async () => {
  const { pid, programs } = await interrupt('SIGKILL');
  await haveEnded(programs);
  assert.equal(foldersOf(pid).length, 1);
  const next = runBench('no such question');
  await once(next, 'exit');
  assert.equal(next.exitCode, 2);
  assert.deepEqual(foldersOf(pid), []);
});
