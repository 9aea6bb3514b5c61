/**
 * SCTP: control data of messages, notifications, peeling off, several addresses. Against the kernel and
 * Python.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AF_INET,
  AF_INET6,
  IPPROTO_SCTP,
  MSG_NOTIFICATION,
  SOCK_SEQPACKET,
  SOCK_STREAM,
  Socket,
  sctp_peeloff,
} from 'berkeley';
import {
  SCTP_ADDR_CONFIRMED,
  SCTP_COMM_UP,
  SCTP_DATA_UNSENT,
  SCTP_ENABLE_CHANGE_ASSOC_REQ,
  SCTP_ENABLE_RESET_ASSOC_REQ,
  SCTP_ENABLE_RESET_STREAM_REQ,
  SCTP_PR_SCTP_TTL,
  SCTP_SEND_FAILED_EVENT,
  SCTP_SHUTDOWN_COMP,
  SCTP_STREAM_RESET_OUTGOING,
  SCTP_STREAM_RESET_OUTGOING_SSN,
  SCTP_UNORDERED,
} from 'berkeley/constants';
import * as control from 'berkeley/control';
import { parseSctpNotification, type SctpNotification, spaceFor } from 'berkeley/control';
import { sctp, so, withParameter } from 'berkeley/options';
import { needsSocket } from '../support/kernel.js';
import { python, withoutPython } from '../support/python.js';
import { Child } from '../support/running.js';

const wait = { timeout: 20_000 };
const room = spaceFor(control.sctpRcvinfo, control.sctpNxtinfo, control.sctpSndrcv);

type AnySocket = Socket<'inet'>;

function open(type: number, prepare: (socket: AnySocket) => void = () => {}, family = AF_INET): AnySocket {
  const socket = new Socket(family, type, IPPROTO_SCTP);
  prepare(socket);
  return socket;
}

function listening(type: number, prepare?: (socket: AnySocket) => void, host = '127.0.0.1'): AnySocket {
  const socket = open(type, prepare, host.includes(':') ? (AF_INET6 as unknown as typeof AF_INET) : AF_INET);
  socket.bind({ host, port: 0 });
  socket.listen();
  return socket;
}

/** Receives until a notification of the given kind arrives. */
async function news<Kind extends SctpNotification['kind']>(
  socket: AnySocket,
  kind: Kind,
): Promise<Extract<SctpNotification, { kind: Kind }>> {
  const seen: string[] = [];
  for (;;) {
    const { data, flags } = await socket.recvmsg(65536, { control: room, ...wait }).catch(error => {
      throw new Error(`${kind} did not come, only ${seen}: ${error}`);
    });
    if ((flags & MSG_NOTIFICATION) === 0) continue;
    const notification = parseSctpNotification(data)!;
    if (notification.kind === kind) return notification as never;
    seen.push(notification.kind);
  }
}

describe('SCTP', { skip: needsSocket('SCTP', AF_INET, SOCK_STREAM, IPPROTO_SCTP) }, () => {
  for (const host of ['127.0.0.1', '::1']) {
    test(`a message has its stream, its number, its protocol, and the next message’s: ${host}`, async () => {
      using server = listening(SOCK_STREAM, undefined, host);
      using client = open(SOCK_STREAM, undefined, server.family);
      await client.connect(server.getsockname(), wait);
      using peer = (await server.accept(wait)).socket;
      peer.setOption(sctp.recvrcvinfo, true);
      peer.setOption(sctp.recvnxtinfo, true);
      const first = control.sctpSndinfo({ stream: 3, ppid: 46 });
      const second = control.sctpSndinfo({ stream: 5, ppid: 47, flags: SCTP_UNORDERED });
      for (const data of ['one', 'two']) await client.sendmsg({ data, control: [first] }, wait);
      await client.sendmsg({ data: 'three!', control: [second] }, wait);
      // Information about the next message is available once that has arrived.
      await client.send('sentinel', wait);
      while (client.getOption(sctp.status).unackdata > 0) await new Promise(done => setTimeout(done, 5));
      const told: unknown[] = [];
      for (let i = 0; i < 3; i++) {
        const { data, control: items } = await peer.recvmsg(100, { control: room, ...wait });
        const { stream, ssn, flags, ppid } = control.sctpRcvinfo.find(items)!;
        const next = control.sctpNxtinfo.find(items);
        told.push([String(data), stream, ssn, flags, ppid, next?.stream, next?.length]);
      }
      assert.deepEqual(
        new Set(told.map(String)),
        new Set(
          [
            ['one', 3, 0, 0, 46],
            ['two', 3, 1, 0, 46],
            ['three!', 5, 0, SCTP_UNORDERED, 47],
          ].map(row => String([...row, ...nextOf(told, row)])),
        ),
      );
    });
  }

  /** The stream and length of the following message. */
  function nextOf(told: unknown[], [data]: readonly unknown[]): unknown[] {
    const order = [...told.map(row => (row as unknown[])[0] as string), 'sentinel'];
    const next = order[order.indexOf(data as string) + 1]!;
    const streams: Readonly<Record<string, number>> = { one: 3, two: 3, 'three!': 5, sentinel: 0 };
    return [streams[next], next.length];
  }

  test('Python exchanges the same control data, with structures that it packs itself', {
    skip: withoutPython,
  }, async () => {
    using server = listening(SOCK_STREAM);
    const program = `
import socket, struct
SCTP_SNDINFO, SCTP_RCVINFO, SCTP_RECVRCVINFO = 2, 3, 32
with socket.socket(socket.AF_INET, socket.SOCK_STREAM, 132) as s:
    s.setsockopt(132, SCTP_RECVRCVINFO, 1)
    s.connect(('127.0.0.1', ${server.getsockname().port}))
    s.sendmsg([b'from Python'], [(132, SCTP_SNDINFO, struct.pack('HHIIi', 7, 1, 0x12345678, 99, 0))])
    data, control, flags, _ = s.recvmsg(100, 1000)
    (level, kind, info), = control
    print(data.decode(), level, kind, *struct.unpack('HHHxxI', info[:12]))`;
    const theirs = new Child(python, ['-c', program]);
    using peer = (await server.accept(wait)).socket;
    peer.setOption(sctp.recvrcvinfo, true);
    const { data, control: items } = await peer.recvmsg(100, { control: room, ...wait });
    const { stream, flags, ppid } = control.sctpRcvinfo.find(items)!;
    assert.deepEqual([String(data), stream, flags, ppid], ['from Python', 7, SCTP_UNORDERED, 0x12345678]);
    const info = control.sctpSndinfo({ stream: 2, ppid: 0x0badcafe });
    await peer.sendmsg({ data: 'to Python', control: [info] }, wait);
    assert.equal((await theirs.ends()).trim(), `to Python 132 3 2 0 0 ${0x0badcafe}`);
  });

  test('the old single structure for control data can be sent and received', async () => {
    using server = listening(SOCK_STREAM);
    using client = open(SOCK_STREAM);
    await client.connect(server.getsockname(), wait);
    using peer = (await server.accept(wait)).socket;
    peer.setOption(sctp.events, { dataIo: true });
    const info = control.sctpSndrcv({ stream: 4, ppid: 5, context: 6, timeToLive: 10_000 });
    await client.sendmsg({ data: 'old', control: [info] }, wait);
    const { control: items } = await peer.recvmsg(100, { control: room, ...wait });
    const { stream, ppid, ssn } = control.sctpSndrcv.find(items)!;
    assert.deepEqual([stream, ppid, ssn], [4, 5, 0]);
  });

  test('one-to-many: associations are reported, answered by number, and start as the message requests', async () => {
    using server = listening(SOCK_SEQPACKET, socket => {
      socket.setOption(sctp.recvrcvinfo, true);
      socket.setOption(sctp.events, { association: true });
    });
    using client = open(SOCK_SEQPACKET);
    const begin = control.sctpInit({ numOstreams: 3, maxInstreams: 4 });
    await client.sendmsg({ data: 'question', control: [begin], address: server.getsockname() }, wait);
    const up = await news(server, 'association');
    assert.deepEqual([up.state, up.error, up.inboundStreams, up.outboundStreams], [SCTP_COMM_UP, 0, 3, 4]);
    const { data, control: items } = await server.recvmsg(100, { control: room, ...wait });
    const { association } = control.sctpRcvinfo.find(items)!;
    assert.deepEqual([String(data), association], ['question', up.association]);
    const status = server.getOption(withParameter(sctp.status, { association }));
    assert.deepEqual([status.instrms, status.outstrms], [3, 4]);
    await server.sendmsg({ data: 'answer', control: [control.sctpSndinfo({ association })] }, wait);
    assert.equal(String(await client.recv(100, wait)), 'answer');
    client.close();
    const down = await news(server, 'association');
    assert.deepEqual([down.state, down.association], [SCTP_SHUTDOWN_COMP, association]);
  });

  test('an association can be peeled off, with its received messages', async () => {
    using server = listening(SOCK_SEQPACKET, socket => socket.setOption(sctp.events, { association: true }));
    using client = open(SOCK_SEQPACKET);
    await client.sendto('first', server.getsockname(), wait);
    const { association } = await news(server, 'association');
    await client.sendto('second', server.getsockname(), wait);
    assert.throws(() => sctp_peeloff(server, association + 1000), { code: 'EINVAL', syscall: 'getsockopt' });
    assert.throws(() => sctp_peeloff(server, -1), { code: 'ERR_OUT_OF_RANGE' });
    using one = sctp_peeloff(server, association);
    assert.deepEqual([one.type, one.protocol, one.getInheritable()], [SOCK_STREAM, IPPROTO_SCTP, false]);
    assert.equal(one.getpeername().port, client.getsockname().port);
    assert.equal(String(await one.recv(100, wait)), 'first');
    assert.equal(String(await one.recv(100, wait)), 'second');
    await one.send('to you alone', wait);
    assert.equal(String(await client.recv(100, wait)), 'to you alone');
  });

  test('a peer has several addresses: those that it reports, and those that the first message gives', async () => {
    using server = listening(SOCK_SEQPACKET);
    server.setOption(sctp.sockoptBindxAdd, [{ host: '127.0.0.2' }]);
    const address = { host: '127.0.0.1', port: server.getsockname().port };
    for (const items of [[], [control.sctpDstaddrv4('127.0.0.2')]]) {
      using client = open(SOCK_SEQPACKET, socket => {
        socket.setOption(sctp.events, { address: true, association: true });
        socket.setOption(sctp.rtoinfo, { initial: 300, min: 100 }); // the kernel probes an address after about this time
      });
      await client.sendmsg({ data: 'hello', control: items, address }, wait);
      const { association } = await news(client, 'association');
      const { addresses } = client.getOption(withParameter(sctp.getPeerAddrs, { association }));
      assert.deepEqual(addresses.map(({ host }) => host).sort(), ['127.0.0.1', '127.0.0.2']);
      if (items.length > 0) continue; // addresses that we specify count as confirmed
      const confirmed = await news(client, 'address');
      assert.deepEqual([confirmed.state, confirmed.association], [SCTP_ADDR_CONFIRMED, association]);
      assert.equal(confirmed.address?.host, '127.0.0.2');
    }
  });

  test('own addresses can be added and removed', () => {
    using socket = open(SOCK_STREAM);
    socket.bind({ host: '127.0.0.1', port: 0 });
    const hosts = () => socket.getOption(sctp.getLocalAddrs).addresses.map(({ host }) => host);
    socket.setOption(sctp.sockoptBindxAdd, [{ host: '127.0.0.2' }, { host: '127.0.0.3' }]);
    assert.deepEqual(hosts(), ['127.0.0.1', '127.0.0.2', '127.0.0.3']);
    socket.setOption(sctp.sockoptBindxRem, [{ host: '127.0.0.2' }]);
    assert.deepEqual(hosts(), ['127.0.0.1', '127.0.0.3']);
    const last = [{ host: '127.0.0.1' }, { host: '127.0.0.3' }];
    assert.throws(() => socket.setOption(sctp.sockoptBindxRem, last), { code: 'EBUSY' });
    assert.throws(() => socket.setOption(sctp.sockoptBindxAdd, [{ host: 'localhost' }]), {
      code: 'ERR_INVALID_ARG_VALUE',
    });
  });

  test('a message that is not sent in time is returned', async () => {
    using server = listening(SOCK_STREAM, socket => socket.setOption(so.rcvbuf, 4096));
    using client = open(SOCK_STREAM, socket => {
      socket.setOption(so.sndbuf, 1 << 20);
      socket.setOption(sctp.event, { type: SCTP_SEND_FAILED_EVENT, on: true });
    });
    await client.connect(server.getsockname(), wait);
    using peer = (await server.accept(wait)).socket;
    for (let i = 0; i < 20; i++) await client.send(Buffer.alloc(1000), wait); // more than the peer's buffer holds
    const late = control.sctpPrinfo({ policy: SCTP_PR_SCTP_TTL, value: 50 });
    const mark = control.sctpSndinfo({ stream: 1, ppid: 7, context: 1234 });
    await client.sendmsg({ data: 'too late', control: [late, mark] }, wait);
    await new Promise(done => setTimeout(done, 200));
    const reading = (async () => {
      for (let i = 0; i < 20; i++) await peer.recv(1000, wait);
    })();
    const failed = await news(client, 'sendFailed');
    assert.deepEqual(
      [String(failed.data), failed.flags, failed.stream, failed.ppid, failed.context],
      ['too late', SCTP_DATA_UNSENT, 1, 7, 1234],
    );
    await reading;
  });

  test('notifications report the end of the peer, its adaptation layer, and that all data is acknowledged', async () => {
    using server = listening(SOCK_STREAM, socket =>
      socket.setOption(sctp.adaptationLayer, { indication: 0xabcd }),
    );
    using client = open(SOCK_STREAM, socket =>
      socket.setOption(sctp.events, { adaptationLayer: true, shutdown: true, senderDry: true }),
    );
    await client.connect(server.getsockname(), wait);
    using peer = (await server.accept(wait)).socket;
    assert.equal((await news(client, 'adaptation')).indication, 0xabcd);
    await client.send('all of it', wait);
    assert.equal((await news(client, 'senderDry')).kind, 'senderDry');
    assert.equal(String(await peer.recv(100, wait)), 'all of it'); // with unread data, the close would be a reset
    peer.close();
    assert.equal((await news(client, 'shutdown')).kind, 'shutdown');
  });

  test('streams can be reset and added, and the association can be reset: RFC 6525', async () => {
    const prepare = (socket: AnySocket) => {
      socket.setOption(sctp.reconfigSupported, { on: true });
      const value = SCTP_ENABLE_RESET_STREAM_REQ | SCTP_ENABLE_RESET_ASSOC_REQ | SCTP_ENABLE_CHANGE_ASSOC_REQ;
      socket.setOption(sctp.enableStreamReset, { value });
      socket.setOption(sctp.events, { streamReset: true, assocReset: true, streamChange: true });
    };
    using server = listening(SOCK_STREAM, prepare);
    using client = open(SOCK_STREAM, prepare);
    await client.connect(server.getsockname(), wait);
    using peer = (await server.accept(wait)).socket;
    prepare(peer);
    client.setOption(sctp.resetStreams, { flags: SCTP_STREAM_RESET_OUTGOING, streams: [1, 2] });
    const reset = await news(client, 'streamReset');
    assert.deepEqual([reset.flags, reset.streams], [SCTP_STREAM_RESET_OUTGOING_SSN, [1, 2]]);
    const before = client.getOption(sctp.status).outstrms;
    client.setOption(sctp.addStreams, { outstrms: 2 });
    const change = await news(client, 'streamChange');
    assert.equal(change.outboundStreams, 2);
    assert.equal(client.getOption(sctp.status).outstrms, before + 2);
    client.setOption(sctp.resetAssoc, 0);
    const anew = await news(client, 'associationReset');
    assert.ok(anew.localTsn > 0 && anew.remoteTsn > 0);
  });

  test('other or truncated data is not parsed as a notification', () => {
    for (let length = 0; length < 24; length++) {
      const bytes = Buffer.alloc(length);
      if (length > 2) bytes.writeUInt16LE(0x8001);
      assert.equal(parseSctpNotification(bytes), undefined);
      if (length >= 8) bytes.writeUInt32LE(length + 1, 4);
      assert.equal(parseSctpNotification(bytes), undefined);
    }
  });
});
