/** `berkeley dump` beside candump. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { CAN_RAW } from 'berkeley';
import { CANFD_MTU } from 'berkeley/constants';
import { Bus, needsCan } from '../support/can.js';
import { waitFor } from '../support/running.js';
import { type Result, start, startCli } from './cli.js';

const folder = mkdtempSync(join(tmpdir(), 'berkeley-dump-'));
after(() => rmSync(folder, { recursive: true }));

describe('dump of a CAN bus', { skip: needsCan(CAN_RAW) }, () => {
  const device = 'dumped0';
  let bus: Bus;
  before(() => {
    bus = new Bus(device, CANFD_MTU);
  });
  after(() => bus[Symbol.dispose]());

  /** Frames of every form, as cansend takes them. */
  const frames = [
    ...['123#DEADBEEF', '7FF#', '12345678#11.22.33.44.55.66.77.88', '123#R', '00000123#R4'],
    ...['123##1AABBCC', '1FFFFFFF##0', '20000004#0010000000000000'],
  ];
  const count = String(frames.length);

  /** The number of programs that receive every frame of the bus. */
  const receivers = () =>
    readFileSync('/proc/net/can/rcvlist_all', 'utf8')
      .split('\n')
      .filter(line => line.trimStart().startsWith(`${device} `)).length;

  /** Runs our program beside candump, and sends the frames to both. */
  async function both(ours: readonly string[], theirs: readonly string[]): Promise<[Result, Result]> {
    const dump = startCli(['dump', device, '-c', count, ...ours]);
    const candump = start(['candump', '-n', count, ...theirs, `${device},0:0,#FFFFFFFF`]);
    await waitFor('both listen', () => receivers() === 2);
    for (const frame of frames) assert.equal((await start(['cansend', device, frame]).result).code, 0, frame);
    const results = await Promise.all([dump.result, candump.result]);
    for (const { code, stderr } of results) assert.equal(code, 0, stderr);
    return results;
  }

  const withoutTimes = (text: string) =>
    text
      .replace(/^\([\d.]+\) */gm, '')
      .trim()
      .split('\n');

  test('prints what candump prints', async () => {
    const [ours, theirs] = await both([], []);
    assert.equal(ours.stdout, theirs.stdout);
  });

  test('prints the log format of candump', async () => {
    const [ours, theirs] = await both(['-L'], ['-L']);
    assert.deepEqual(withoutTimes(ours.stdout), withoutTimes(theirs.stdout));
  });

  test('a log file is played by canplayer, and a pcap file is read by tcpdump', async () => {
    const log = join(folder, 'can.log');
    await both(['-w', log], []);
    const pcap = join(folder, 'can.pcap');
    const dump = startCli(['dump', device, '-c', count, '-w', pcap]);
    const text = startCli(['dump', device, '-c', count, '-L']);
    await waitFor('both listen', () => receivers() === 2);
    assert.equal((await start(['canplayer', '-I', log]).result).code, 0);
    assert.deepEqual(withoutTimes((await text.result).stdout), withoutTimes(readFileSync(log, 'latin1')));
    assert.equal((await dump.result).code, 0);
    const { stdout, stderr, code } = await start(['tcpdump', '-r', pcap]).result;
    assert.equal(code, 0, stderr);
    assert.match(stderr, /link-type CAN_SOCKETCAN/);
    assert.equal(
      stdout
        .trim()
        .split('\n')
        .filter(line => /^\d\d:/.test(line)).length,
      frames.length,
    );
  });

  test('filters are those of candump', async () => {
    const dump = startCli(['dump', device, '-c', '2', '-L', '123:7FF', '12345678:DFFFFFFF']);
    await dump.printed('listening on');
    for (const frame of frames) await start(['cansend', device, frame]).result;
    assert.deepEqual(withoutTimes((await dump.result).stdout), [
      `${device} 123#DEADBEEF`,
      `${device} 12345678#1122334455667788`,
    ]);
  });
});
