/**
 * Failures within an ISO-TP transfer, caused frame by frame. Each is an error of its own, with an
 * explanation.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AF_CAN,
  CAN_ISOTP,
  packCanFrame,
  SOCK_DGRAM,
  Socket,
  type SocketError,
  TimeoutError,
} from 'berkeley';
import { CAN_ISOTP_FORCE_RXSTMIN, CAN_ISOTP_WAIT_TX_DONE } from 'berkeley/constants';
import { canIsotp, so } from 'berkeley/options';
import { POLLERR } from 'berkeley/select';
import { Bus, needsCan, openBus, openChannel, vcan, whenSent } from '../support/can.js';
import { failureOf } from '../support/failure.js';
import { ip } from '../support/namespaces.js';

/** The number on every Linux except MIPS. Node.js does not name it. */
const ECOMM = 70;
const wait = { timeout: 10_000 };
const [rxId, txId] = [0x456, 0x123];

/** The other side, whose frames the test controls. */
function say(bus: Socket<'can'>, ...frames: readonly number[][]): void {
  for (const bytes of frames) bus.sendSync(packCanFrame({ id: rxId, data: Buffer.from(bytes) }));
}

const firstFrame = [0x10, 20, 0, 1, 2, 3, 4, 5];

describe('an ISO-TP transfer', { skip: needsCan(CAN_ISOTP, SOCK_DGRAM) }, () => {
  test('whose sender stops fails with ETIMEDOUT and an explanation; our own timeout has none', async () => {
    using bus = openBus();
    using socket = openChannel(rxId, txId);
    const mine = (await failureOf(() => socket.recv(100, { timeout: 20 }))) as SocketError;
    assert.deepEqual(
      [mine.code, mine.hint, mine.message],
      ['ETIMEDOUT', undefined, 'recv timed out after 20 ms'],
    );
    say(bus, firstFrame);
    const theirs = (await failureOf(() => socket.recv(100, wait))) as SocketError;
    assert.ok(theirs instanceof TimeoutError);
    assert.match(theirs.message, /^recv ETIMEDOUT \(the sender stopped/);
    say(bus, firstFrame);
    assert.throws(() => socket.recvSync(100), { name: 'TimeoutError', hint: /the sender stopped/ });
  });

  test('that lost a frame fails with EILSEQ, and the next message arrives', async () => {
    using bus = openBus();
    using socket = openChannel(rxId, txId);
    say(bus, firstFrame, [0x22, 6, 7, 8, 9, 10, 11, 12]); // the second frame in place of the first
    await assert.rejects(socket.recv(100, wait), { code: 'EILSEQ', syscall: 'recv', hint: /lost/ });
    say(bus, [2, 0x68, 0x69]);
    assert.equal(String(await socket.recv(100, wait)), 'hi');
  });

  test('whose frames come too fast for the receiver is refused', async () => {
    using a = openChannel(txId, rxId);
    using b = openChannel(rxId, txId, each => {
      each.setOption(canIsotp.opts, { flags: CAN_ISOTP_FORCE_RXSTMIN });
      each.setOption(canIsotp.rxStmin, 1_000_000_000);
    });
    await a.send(Buffer.alloc(100), wait);
    await assert.rejects(b.recv(200, wait), { code: /^(EILSEQ|ETIMEDOUT)$/ });
  });

  test('that gets no answer fails with ECOMM, in the next call or in a call that waits', async () => {
    using socket = openChannel(rxId, txId);
    const nobody = { code: 'ECOMM', hint: /no flow control arrived/ };
    await socket.send(Buffer.alloc(100), wait);
    await assert.rejects(socket.recv(100, wait), { ...nobody, syscall: 'recv' });
    await socket.send(Buffer.alloc(100), wait);
    assert.notEqual((await whenSent(socket)) & POLLERR, 0);
    assert.equal(socket.getOption(so.error), ECOMM);
    using patient = openChannel(0x701, 0x702, each =>
      each.setOption(canIsotp.opts, { flags: CAN_ISOTP_WAIT_TX_DONE }),
    );
    assert.throws(() => patient.sendSync(Buffer.alloc(100)), { ...nobody, syscall: 'send' });
  });

  test('that exceeds the receiver’s space fails with EMSGSIZE, and invalid flow control with EBADMSG', async () => {
    using bus = openBus();
    using socket = openChannel(rxId, txId);
    await socket.send(Buffer.alloc(100), wait);
    say(bus, [0x32, 0, 0]);
    await assert.rejects(socket.recv(100, wait), { code: 'EMSGSIZE', hint: /no space/ });
    await socket.send(Buffer.alloc(100), wait);
    say(bus, [0x30]);
    await assert.rejects(socket.recv(100, wait), { code: 'EBADMSG', hint: /flow control/ });
  });

  test('over a link that goes down fails with ENETDOWN', async () => {
    using bus = new Bus('vcangone');
    using socket = new Socket(AF_CAN, SOCK_DGRAM, CAN_ISOTP);
    socket.bind({ interface: bus.name, rxId, txId });
    const waiting = failureOf(() => socket.recv(100, wait));
    ip(['link', 'set', bus.name, 'down']);
    const error = (await waiting) as SocketError;
    assert.deepEqual([error.code, error.syscall], ['ENETDOWN', 'recv']);
    assert.match(error.hint!, /ip link set can0 up/);
    await assert.rejects(socket.send('x'), { code: 'ENETDOWN', syscall: 'send' });
  });

  test('needs two identifiers on one interface; a refused bind leaves nothing behind', async () => {
    using socket = new Socket(AF_CAN, SOCK_DGRAM, CAN_ISOTP);
    await assert.rejects(socket.send('x'), { code: 'EADDRNOTAVAIL', hint: 'the socket is not bound' });
    assert.throws(() => socket.bind({ interface: vcan, rxId: 1, txId: 1 }), {
      code: 'EADDRNOTAVAIL',
      syscall: 'bind',
      message: /rxId.*txId/,
    });
    assert.throws(() => socket.bind({ interface: '', rxId: 1, txId: 2 }), {
      code: 'ENODEV',
      syscall: 'bind',
    });
    assert.throws(() => socket.bind({ interface: 'lo', rxId: 1, txId: 2 }), {
      code: 'ENODEV',
      message: /no CAN interface/,
    });
    socket.bind({ interface: vcan, rxId: 1, txId: 2 });
    await assert.rejects(socket.send(''), { code: 'EINVAL', hint: /1 to 8200 bytes/ });
    assert.throws(() => socket.setOption(canIsotp.opts, {}), { code: 'EISCONN', message: /not bound yet/ });
  });

  test('with CAN FD needs an interface that supports it', () => {
    using bus = new Bus('vcanclassic');
    using socket = new Socket(AF_CAN, SOCK_DGRAM, CAN_ISOTP);
    socket.setOption(canIsotp.llOpts, { mtu: 72, txDl: 64 });
    assert.throws(() => socket.bind({ interface: bus.name, rxId, txId }), {
      code: 'EINVAL',
      message: /mtu 72/,
    });
    assert.throws(() => socket.setOption(canIsotp.llOpts, { mtu: 72, txDl: 9 }), { code: 'EINVAL' });
    assert.throws(() => socket.setOption(canIsotp.llOpts, { mtu: 300 }), { name: 'RangeError' });
  });
});
