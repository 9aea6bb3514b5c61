/** SCTP, against the programs of lksctp-tools: sctp_darn, sctp_test, and curl with withsctp. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AF_INET, IPPROTO_SCTP, MSG_NOTIFICATION, SOCK_SEQPACKET, SOCK_STREAM, Socket } from 'berkeley';
import { SCTP_COMM_UP, SCTP_SHUTDOWN_COMP, SCTP_UNORDERED } from 'berkeley/constants';
import { parseSctpNotification, sctpRcvinfo, sctpSndinfo, spaceFor } from 'berkeley/control';
import { sctp } from 'berkeley/options';
import { needsCommand, needsSocket } from '../support/kernel.js';
import { Child, waitFor } from '../support/running.js';

const wait = { timeout: 20_000 };

const skip =
  needsSocket('SCTP', AF_INET, SOCK_STREAM, IPPROTO_SCTP) || needsCommand('sctp_test', 'lksctp-tools');

/** An unused port, because these programs need a given one. */
function freePort(): number {
  using socket = new Socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
  socket.bind({ host: '127.0.0.1', port: 0 });
  return socket.getsockname().port;
}

describe('SCTP with lksctp-tools', { skip }, () => {
  test('sctp_darn receives our messages, and their control data', async () => {
    const port = freePort();
    const args = ['-oL', 'sctp_darn', '-H', '127.0.0.1', '-P', String(port), '-l'];
    await using darn = new Child('stdbuf', args);
    await darn.prints(/listening/);
    using client = new Socket(AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP);
    const address = { host: '127.0.0.1', port };
    await client.sendmsg(
      { data: 'hello, darn\n', control: [sctpSndinfo({ stream: 2, ppid: 99 })], address },
      wait,
    );
    await darn.prints(/COMM_UP.*sinfo_stream 2.*sinfo_ssn 0.*sinfo_flags 0x0.*sinfo_ppid 99.*hello, darn/s);
    const info = sctpSndinfo({ stream: 3, ppid: 100, flags: SCTP_UNORDERED });
    await client.sendmsg({ data: 'unordered\n', control: [info], address }, wait);
    await darn.prints(/sinfo_stream 3.*sinfo_flags 0x1.*sinfo_ppid 100.*unordered/s);
    client.close();
    await darn.prints(/SHUTDOWN_COMP/);
  });

  test('we receive sctp_darn’s messages, and its association events', async () => {
    using server = new Socket(AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP);
    server.setOption(sctp.recvrcvinfo, true);
    server.setOption(sctp.events, { association: true, shutdown: true });
    server.bind({ host: '127.0.0.1', port: 0 });
    server.listen();
    const { port } = server.getsockname();
    const local = ['-H', '127.0.0.1', '-P', String(freePort())];
    const darn = new Child(
      'sctp_darn',
      [...local, '-h', '127.0.0.1', '-p', String(port), '-s'],
      'one\ntwo\n',
    );
    await using _ = darn;
    const told: unknown[] = [];
    while (told.length < 2 || !told.some(each => each === SCTP_SHUTDOWN_COMP)) {
      const { data, flags, control } = await server.recvmsg(65536, {
        control: spaceFor(sctpRcvinfo),
        ...wait,
      });
      if (flags & MSG_NOTIFICATION) {
        const news = parseSctpNotification(data)!;
        if (news.kind === 'association') told.push(news.state);
      } else told.push([String(data).replace(/[\n\0]+$/, ''), sctpRcvinfo.find(control)!.stream]);
      if (told.length >= 3) break;
    }
    assert.deepEqual(told, [SCTP_COMM_UP, ['one', 0], ['two', 0]]);
  });

  test('sctp_test’s messages of every length arrive whole, stream by stream', async () => {
    using server = new Socket(AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP);
    server.setOption(sctp.recvrcvinfo, true);
    server.setOption(sctp.events, { association: true });
    server.bind({ host: '127.0.0.1', port: 0 });
    server.listen();
    const local = ['-H', '127.0.0.1', '-P', String(freePort()), '-h', '127.0.0.1'];
    const theirs = new Child('sctp_test', [
      ...local,
      '-p',
      String(server.getsockname().port),
      '-s',
      '-c',
      '4',
      '-x',
      '2',
      '-M',
      '3',
    ]);
    const lengths: number[] = [];
    const streams: number[] = [];
    for (;;) {
      const { data, flags, control } = await server.recvmsg(65536, {
        control: spaceFor(sctpRcvinfo),
        ...wait,
      });
      if ((flags & MSG_NOTIFICATION) === 0) {
        lengths.push(data.length);
        streams.push(sctpRcvinfo.find(control)!.stream);
        continue;
      }
      const news = parseSctpNotification(data)!;
      if (news.kind === 'association' && news.state === SCTP_SHUTDOWN_COMP) break;
    }
    const once = [1, 1000, 2000, 3000, 5000, 10000, 15000, 20000, 25000, 32768];
    assert.deepEqual(lengths, [...once, ...once]);
    assert.ok(new Set(streams).size > 1 && Math.max(...streams) < 3, String(streams));
    assert.match(await theirs.ends(), /Client: Sending packets\.\(2\/2\)/);
  });

  test('sctp_test receives all that we send', async () => {
    const port = freePort();
    const args = ['-H', '127.0.0.1', '-P', String(port), '-l'];
    await using theirs = new Child('stdbuf', ['-oL', 'sctp_test', ...args]);
    await theirs.prints(/Receiving packets/);
    using client = new Socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
    await client.connect({ host: '127.0.0.1', port }, wait);
    for (const length of [1, 1500, 30_000]) await client.send(Buffer.alloc(length), wait);
    client.close();
    await waitFor('its three lines', () => /SHUTDOWN_COMPLETE/.test(theirs.output));
    const heard = [...theirs.output.matchAll(/Data (\d+) bytes/g)].map(([, length]) => Number(length));
    assert.equal(
      heard.reduce((sum, length) => sum + length, 0),
      1 + 1500 + 30_000,
    );
    assert.ok(heard.length >= 3);
  });

  test('curl, which uses SCTP through withsctp, is served', {
    skip: needsCommand('curl', 'curl'),
  }, async () => {
    using server = new Socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
    server.bind({ host: '127.0.0.1', port: 0 });
    server.listen();
    const { port } = server.getsockname();
    const curl = new Child('withsctp', ['curl', '-s', '-S', `http://127.0.0.1:${port}/`]);
    using peer = (await server.accept(wait)).socket;
    assert.match(String(await peer.recv(10_000, wait)), /^GET \/ HTTP\/1\.1\r\n.*User-Agent: curl/s);
    await peer.sendAll('HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\nover SCTP', wait);
    peer.close();
    assert.match(await curl.ends(), /over SCTP/);
  });
});
