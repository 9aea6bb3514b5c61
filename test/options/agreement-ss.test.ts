/** `ss -tiO` (iproute2) and `tcp.info` agree about a connection, and `so.meminfo` agrees with `ss -m`. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type AddressOf, AF_INET, AF_INET6, type Family, SOCK_STREAM, Socket } from 'berkeley';
import { bpf, ret } from 'berkeley/bpf';
import { so, tcp } from 'berkeley/options';
import { needsCommand } from '../support/kernel.js';
import { waitFor } from '../support/running.js';

type Internet = Socket<'inet'> | Socket<'inet6'>;
type Info = tcp.TcpInfo;

/** How `ss` shows each of our fields. It omits most fields that are 0. */
const figures: readonly (readonly [name: string, value: (info: Info) => string | undefined])[] = [
  ['rto', ({ rto }) => number(rto / 1000)],
  ['rtt', ({ rtt, rttvar }) => `${number(rtt / 1000)}/${number(rttvar / 1000)}`],
  ['ato', ({ ato }) => some(ato / 1000)],
  ['minrtt', ({ minRtt }) => some(minRtt! / 1000)],
  ['mss', ({ sndMss }) => some(sndMss)],
  ['rcvmss', ({ rcvMss }) => some(rcvMss)],
  ['advmss', ({ advmss }) => some(advmss)],
  ['pmtu', ({ pmtu }) => some(pmtu)],
  ['cwnd', ({ sndCwnd }) => some(sndCwnd)],
  ['wscale', ({ sndWscale, rcvWscale }) => `${sndWscale},${rcvWscale}`],
  ['bytes_sent', ({ bytesSent }) => some(bytesSent)],
  ['bytes_retrans', ({ bytesRetrans }) => some(bytesRetrans)],
  ['bytes_acked', ({ bytesAcked }) => some(bytesAcked)],
  ['bytes_received', ({ bytesReceived }) => some(bytesReceived)],
  ['segs_out', ({ segsOut }) => some(segsOut)],
  ['segs_in', ({ segsIn }) => some(segsIn)],
  ['data_segs_out', ({ dataSegsOut }) => some(dataSegsOut)],
  ['data_segs_in', ({ dataSegsIn }) => some(dataSegsIn)],
  ['delivered', ({ delivered }) => some(delivered)],
  ['retrans', ({ retrans, totalRetrans }) => (totalRetrans === 0 ? undefined : `${retrans}/${totalRetrans}`)],
  ['backoff', ({ backoff }) => some(backoff)],
  ['unacked', ({ unacked }) => some(unacked)],
  ['lost', ({ lost }) => some(lost)],
  ['rcv_space', ({ rcvSpace }) => some(rcvSpace)],
  ['rcv_ssthresh', ({ rcvSsthresh }) => some(rcvSsthresh)],
  ['snd_wnd', ({ sndWnd }) => some(sndWnd)],
];

/** Formats a number like `%g` in C. */
function number(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function some(value: number | undefined): string | undefined {
  return value === undefined || value === 0 ? undefined : number(value);
}

/** The fields that `ss` prints for the connection with this end: the words with a colon, by name. */
function ss(socket: Internet): { figures: ReadonlyMap<string, string>; memory: number[]; words: string[] } {
  const [here, there] = [socket.getsockname(), socket.getpeername()] as AddressOf<'inet'>[];
  const filter = ['sport', '=', `:${here!.port}`, 'and', 'dport', '=', `:${there!.port}`];
  const line = execFileSync('ss', ['-tinOHm', ...filter], { encoding: 'utf8' });
  const words = line.trim().split(/\s+/);
  const pairs = words.map(word => /^([a-z_]+):([^()]+)$/.exec(word)).filter(match => match !== null);
  const memory = /skmem:\(([^)]*)\)/.exec(line)?.[1] ?? '';
  return {
    figures: new Map(pairs.map(([, name, value]) => [name!, value!])),
    memory: memory.split(',').map(part => Number(part.replace(/^[a-z]+/, ''))),
    words,
  };
}

/** The fields of a connection that do not change while it is idle: no ages and no recalculated rates. */
function still(socket: Internet): Record<string, string | undefined> {
  const info = socket.getOption(tcp.info);
  return Object.fromEntries(figures.map(([name, value]) => [name, value(info)]));
}

/** Reads both without traffic in between. Our values before and after have to be the same. */
async function assertAgree(socket: Internet): Promise<void> {
  const [ours, theirs] = await waitFor('a connection at rest', async () => {
    const before = still(socket);
    const theirs = ss(socket);
    const after = still(socket);
    if (JSON.stringify(before) === JSON.stringify(after)) return [before, theirs] as const;
    await delay(50);
    return undefined;
  });
  const shown = figures.map(([name]) => [name, theirs.figures.get(name)]);
  assert.deepEqual(ours, Object.fromEntries(shown));
  assert.ok(theirs.words.includes(socket.getOption(tcp.congestion)));
  const { rmemAlloc, rcvbuf, wmemAlloc, sndbuf, fwdAlloc, wmemQueued, optmem, backlog, drops } =
    socket.getOption(so.meminfo);
  const memory = [rmemAlloc, rcvbuf, wmemAlloc, sndbuf, fwdAlloc, wmemQueued, optmem, backlog, drops];
  assert.deepEqual(theirs.memory, memory);
}

/** Both ends of a connection over the loopback interface. */
function connection(family: Family<'inet'> | Family<'inet6'>): [Internet, Internet] {
  const make = () => new Socket(family as Family<'inet'>, SOCK_STREAM);
  using server = make();
  server.bind({ host: family === AF_INET ? '127.0.0.1' : '::1', port: 0 });
  server.listen();
  const client = make();
  client.connectSync(server.getsockname());
  return [client, server.acceptSync().socket];
}

const needsSs = needsCommand('ss', 'iproute2');
const wait = { timeout: 20_000 };

for (const [name, family] of [
  ['IPv4', AF_INET],
  ['IPv6', AF_INET6],
] as const) {
  test(`tcp.info of a used connection of ${name} matches ss`, { skip: needsSs }, async () => {
    const [client, server] = connection(family);
    using _ = client;
    using __ = server;
    for (const size of [1, 1000, 100_000]) {
      await client.sendAll(Buffer.alloc(size, 'x'), wait);
      for (let left = size; left > 0; ) left -= (await server.recv(left, wait)).length;
      await server.sendAll('thanks', wait);
      await client.recv(6, wait);
    }
    await assertAgree(client);
    await assertAgree(server);
    const info = server.getOption(tcp.info);
    assert.equal(info.bytesReceived, 101_001);
    assert.equal(info.state, 'ESTABLISHED');
  });
}

test('tcp.info of a connection that lost segments matches ss', { skip: needsSs }, async () => {
  const [client, server] = connection(AF_INET);
  using _ = client;
  using __ = server;
  // TCP treats segments that the socket's filter drops as lost.
  server.setOption(so.attachFilter, bpf([ret(0)]));
  await client.sendAll(Buffer.alloc(500, 'x'), wait);
  const { backoff, retransmits, unacked } = await waitFor('a segment sent again', () => {
    const info = client.getOption(tcp.info);
    return info.totalRetrans >= 2 ? info : undefined;
  });
  assert.ok(backoff > 0 && retransmits > 0 && unacked === 1);
  await assertAgree(client);
  server.setOption(so.detachFilter);
  assert.equal((await server.recv(1000, wait)).length, 500);
  await waitFor('an acknowledgement', () => client.getOption(tcp.info).unacked === 0);
  await assertAgree(client);
  const info = client.getOption(tcp.info);
  assert.ok(info.totalRetrans >= 2 && info.bytesRetrans! >= 1000 && info.backoff === 0);
});
