/** CAN_RAW, against the kernel, can-utils and Python. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  CAN_ERR_FLAG,
  CAN_ERR_MASK,
  CAN_RAW,
  CAN_RAW_ERR_FILTER,
  CAN_RAW_FD_FRAMES,
  CAN_RAW_FILTER,
  CAN_RAW_JOIN_FILTERS,
  CAN_RAW_LOOPBACK,
  CAN_RAW_RECV_OWN_MSGS,
  CAN_SFF_MASK,
  formatAddress,
  MSG_CONFIRM,
  MSG_DONTROUTE,
  packCanFdFrame,
  packCanFrame,
  parseAddress,
  parseCanFdFrame,
  parseCanFrame,
  SOL_CAN_RAW,
  type Socket,
} from 'berkeley';
import { CAN_ERR_CRTL, CAN_INV_FILTER, CAN_MTU, CANFD_MTU } from 'berkeley/constants';
import { candump, needsTwoBuses, openBus, otherVcan, vcan } from '../support/can.js';
import { Child } from '../support/running.js';

const wait = { timeout: 10_000 };
const hello = packCanFrame({ id: 0x123, data: Buffer.from('hello') });

/** The value of CAN_RAW_FILTER: pairs of identifier and mask. */
const filters = (...pairs: [number, number][]): Buffer =>
  Buffer.from(new Uint32Array(pairs.flat().map(number => number >>> 0)).buffer);

/** The identifiers of the frames that `socket` has queued. */
function waiting(socket: Socket<'can'>): number[] {
  const ids: number[] = [];
  socket.timeout = 0;
  for (;;) {
    try {
      ids.push(socket.recvSync(CAN_MTU).readUInt32LE(0));
    } catch {
      socket.timeout = null;
      return ids;
    }
  }
}

describe('CAN_RAW', { skip: needsTwoBuses(CAN_RAW) }, () => {
  test('a frame reaches the others on the bus, with the interface as its address', async () => {
    using a = openBus();
    using b = openBus();
    using everywhere = openBus('');
    assert.deepEqual(a.getsockname(), { family: 'can', interface: vcan });
    assert.deepEqual(everywhere.getsockname(), { family: 'can', interface: '' });
    assert.equal(await a.send(hello, wait), CAN_MTU);
    assert.deepEqual(await b.recv(CAN_MTU, wait), hello);
    const received = everywhere.recvfromSync(CAN_MTU);
    assert.deepEqual(received, { data: hello, address: { family: 'can', interface: vcan } });
    assert.deepEqual(parseAddress(formatAddress(received.address!)), received.address);
    assert.deepEqual(waiting(a), []);
    everywhere.sendtoSync(hello, { interface: otherVcan });
    assert.deepEqual(waiting(a), []);
  });

  test('our own frames are received on request, and marked; none without loopback', async () => {
    using a = openBus();
    using b = openBus();
    a.setsockopt(SOL_CAN_RAW, CAN_RAW_RECV_OWN_MSGS, 1);
    await a.send(hello);
    const own = await a.recvmsg(CAN_MTU, wait);
    assert.equal(own.flags, MSG_CONFIRM | MSG_DONTROUTE);
    assert.equal((await b.recvmsg(CAN_MTU, wait)).flags, MSG_DONTROUTE);
    a.setsockopt(SOL_CAN_RAW, CAN_RAW_LOOPBACK, 0);
    assert.equal(a.getsockopt(SOL_CAN_RAW, CAN_RAW_LOOPBACK), 0);
    await a.send(hello);
    assert.deepEqual([waiting(a), waiting(b)], [[], []]);
  });

  test('filters select by identifier, inverted, and all together', async () => {
    using sender = openBus();
    using socket = openBus();
    const pass = async (): Promise<number[]> => {
      for (let id = 0x100; id < 0x108; id++) await sender.send(packCanFrame({ id }));
      return waiting(socket);
    };
    socket.setsockopt(SOL_CAN_RAW, CAN_RAW_FILTER, filters([0x102, CAN_SFF_MASK], [0x106, 0x7fe]));
    assert.deepEqual(await pass(), [0x102, 0x106, 0x107]);
    const [notTwo, notThree] = [0x102, 0x103].map(id => [id | CAN_INV_FILTER, CAN_SFF_MASK]) as [
      [number, number],
      [number, number],
    ];
    socket.setsockopt(SOL_CAN_RAW, CAN_RAW_FILTER, filters(notTwo, notThree, [0x100, 0x7fc]));
    socket.setsockopt(SOL_CAN_RAW, CAN_RAW_JOIN_FILTERS, 1);
    assert.deepEqual(await pass(), [0x100, 0x101]);
    assert.deepEqual(
      socket.getsockopt(SOL_CAN_RAW, CAN_RAW_FILTER, 64),
      filters(notTwo, notThree, [0x100, 0x7fc]),
    );
    socket.setsockopt(SOL_CAN_RAW, CAN_RAW_FILTER, Buffer.alloc(0));
    assert.deepEqual(await pass(), []);
  });

  test('error frames are received only for the enabled classes', async () => {
    using sender = openBus();
    using deaf = openBus();
    using socket = openBus();
    socket.setsockopt(SOL_CAN_RAW, CAN_RAW_ERR_FILTER, CAN_ERR_MASK);
    const frame = packCanFrame({ id: CAN_ERR_CRTL, error: true, data: Buffer.of(0, 4, 0, 0, 0, 0, 0, 0) });
    await sender.send(frame);
    const { id, error, data } = parseCanFrame(await socket.recv(CAN_MTU, wait));
    assert.deepEqual([id, error, data[1]], [CAN_ERR_CRTL, true, 4]);
    assert.deepEqual(waiting(deaf), []);
    assert.equal(frame.readUInt32LE(0), (CAN_ERR_FLAG | CAN_ERR_CRTL) >>> 0);
  });

  test('CAN FD carries 64 bytes if both ends enabled it', async () => {
    using a = openBus();
    using b = openBus();
    using classic = openBus();
    const data = Buffer.from(Array.from({ length: 64 }, (_, i) => i));
    const frame = packCanFdFrame({ id: 0x1abcdef0, extended: true, bitRateSwitch: true, data });
    await assert.rejects(a.send(frame), { code: 'EINVAL', syscall: 'send' });
    for (const socket of [a, b]) socket.setsockopt(SOL_CAN_RAW, CAN_RAW_FD_FRAMES, 1);
    assert.equal(await a.send(frame), CANFD_MTU);
    const received = await b.recv(CANFD_MTU, wait);
    const { id, extended, bitRateSwitch, errorState, data: bytes } = parseCanFdFrame(received);
    assert.deepEqual([id, extended, bitRateSwitch, errorState], [0x1abcdef0, true, true, false]);
    assert.deepEqual(bytes, data);
    await a.send(hello);
    assert.deepEqual(parseCanFrame(await b.recv(CANFD_MTU, wait)).data, Buffer.from('hello'));
    assert.deepEqual(waiting(classic), [0x123]);
  });

  test('candump shows what we send', async () => {
    await using dump = await candump();
    using socket = openBus();
    socket.setsockopt(SOL_CAN_RAW, CAN_RAW_FD_FRAMES, 1);
    await socket.send(packCanFrame({ id: 0x7ff, data: Buffer.of(0xca, 0xfe) }));
    await socket.send(packCanFrame({ id: 0x12345678, extended: true, data: Buffer.alloc(8, 0xaa) }));
    await socket.send(packCanFrame({ id: 0x42, remote: true }));
    await socket.send(packCanFdFrame({ id: 0x1, bitRateSwitch: true, data: Buffer.alloc(12, 0x11) }));
    await dump.prints(/001##\S+/);
    assert.deepEqual(
      dump.output
        .trim()
        .split('\n')
        .map(line => line.split(' ')[2]),
      ['7FF#CAFE', '12345678#AAAAAAAAAAAAAAAA', '042#R', '001##5111111111111111111111111'],
    );
  });

  test('we receive what cansend and cangen send', async () => {
    using socket = openBus();
    socket.setsockopt(SOL_CAN_RAW, CAN_RAW_FD_FRAMES, 1);
    const sent = ['5A1#11.2233', '1F334455#1122334455667788', '123#R', '213##311223344'];
    for (const frame of sent) await new Child('cansend', [vcan, frame]).ends();
    const frames = [];
    for (let i = 0; i < 3; i++) frames.push(parseCanFrame(await socket.recv(CANFD_MTU, wait)));
    assert.deepEqual(
      frames.map(({ id, extended, remote, data }) => [id, extended, remote, data.toString('hex')]),
      [
        [0x5a1, false, false, '112233'],
        [0x1f334455, true, false, '1122334455667788'],
        [0x123, false, true, ''],
      ],
    );
    const fd = parseCanFdFrame(await socket.recv(CANFD_MTU, wait));
    assert.deepEqual([fd.id, fd.bitRateSwitch, fd.errorState], [0x213, true, true]);
    assert.equal(fd.data.toString('hex'), '11223344');
    await new Child('cangen', [
      vcan,
      '-n',
      '200',
      '-g',
      '0',
      '-I',
      '5AA',
      '-L',
      '8',
      '-D',
      'i',
      '-p',
      '10',
    ]).ends();
    for (let i = 0; i < 200; i++) {
      const { id, data } = parseCanFrame(socket.recvSync(CAN_MTU));
      assert.deepEqual([id, data[0]], [0x5aa, i]);
    }
  });

  test('a missing interface is named in the error', async () => {
    using socket = openBus();
    const missing = { code: 'ENODEV', address: 'nocan9', message: /nocan9/ };
    assert.throws(() => socket.bind({ interface: 'nocan9' }), missing);
    assert.throws(() => socket.sendtoSync(hello, { interface: 'nocan9' }), missing);
    await assert.rejects(socket.sendto(hello, { interface: 'nocan9' }), missing);
    assert.throws(() => socket.bind({ interface: 'lo' }), { code: 'ENODEV', syscall: 'bind' });
  });
});
