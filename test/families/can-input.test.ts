/**
 * Mistakes with CAN sockets. Each is reported before or by the system call, names what is wrong, and leaves
 * nothing behind.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  AF_CAN,
  CAN_BCM,
  CAN_EFF_FLAG,
  CAN_RAW,
  CAN_TP16,
  packBcmMessage,
  packCanFdFrame,
  packCanFrame,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_STREAM,
  Socket,
} from 'berkeley';
import { CAN_NPROTO } from 'berkeley/constants';
import { canIsotp, canJ1939, canRaw } from 'berkeley/options';
import {
  needsTwoBuses,
  openBus,
  openChannel,
  openManager,
  openNode,
  otherVcan,
  vcan,
} from '../support/can.js';
import { countDescriptors } from '../support/descriptors.js';
import { failureOf } from '../support/failure.js';

/** The kernel's list of CAN receivers. */
function registrations(): string {
  const folder = '/proc/net/can';
  const lists = readdirSync(folder).filter(file => file.startsWith('rcvlist_'));
  return lists
    .map(file => readFileSync(`${folder}/${file}`, 'utf8').replaceAll(/[\da-f]{8,16} .*/g, '*'))
    .join('');
}

describe('CAN sockets', { skip: needsTwoBuses(CAN_RAW) }, () => {
  test('of an invalid protocol or type are refused with the valid ones', () => {
    const refused = (type: number, protocol: number, code: string, hint: RegExp) =>
      assert.throws(() => new Socket(AF_CAN, type, protocol), { code, hint, syscall: 'socket' });
    refused(SOCK_RAW, CAN_NPROTO, 'EINVAL', /the protocols are CAN_RAW/);
    refused(SOCK_RAW, CAN_TP16, 'EPROTONOSUPPORT', /the protocols are CAN_RAW/);
    refused(SOCK_STREAM, CAN_RAW, 'EPROTOTYPE', /CAN_RAW needs SOCK_RAW/);
    refused(SOCK_RAW, CAN_BCM, 'EPROTOTYPE', /CAN_RAW needs SOCK_RAW/);
  });

  test('accept only CAN addresses, and name the mistake', () => {
    using socket = new Socket(AF_CAN, SOCK_RAW, CAN_RAW);
    const wrong = (address: unknown, message: RegExp, code = /^ERR_/) =>
      assert.throws(() => socket.bind(address as never), { message, code });
    wrong({ interface: 1 }, /"address\.interface"/);
    wrong({}, /"address\.interface"/);
    wrong({ interface: 'a\0b' }, /'address\.interface'/);
    wrong({ family: 'inet', interface: vcan }, /'address\.family'/);
    wrong(vcan, /"address"/);
    wrong({ interface: vcan, rxId: 0x800, txId: 1 }, /"address\.rxId".*29-bit one with CAN_EFF_FLAG/);
    wrong({ interface: vcan, rxId: 1 }, /"address\.txId"/);
    wrong({ interface: 'nocan9' }, /nocan9/, /^ENODEV$/);
    wrong({ interface: 'lo' }, /no CAN interface of this name/, /^ENODEV$/);
    socket.bind({ interface: vcan });
  });

  test('accept only CAN frames, and name what they accept', async () => {
    using socket = openBus();
    const cure = { code: 'EINVAL', syscall: 'send', hint: /canRaw\.fdFrames/ };
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(15), Buffer.alloc(17), packCanFdFrame({ id: 1 })]) {
      await assert.rejects(socket.send(bytes), cure);
      assert.throws(() => socket.sendSync(bytes), cure);
    }
    using unbound = new Socket(AF_CAN, SOCK_RAW, CAN_RAW);
    await assert.rejects(unbound.send(packCanFrame({ id: 1 })), {
      code: 'ENXIO',
      hint: /not bound to an interface/,
    });
    using unconnected = new Socket(AF_CAN, SOCK_DGRAM, CAN_BCM);
    const message = packBcmMessage({ opcode: 1 });
    await assert.rejects(unconnected.send(message), { code: 'ENOTCONN', hint: /connect first/ });
  });

  test('accept only CAN options, and refuse values out of range before the system call', () => {
    using raw = openBus();
    using other = openBus();
    const outOfRange = (argument: string) => ({ name: 'RangeError', message: new RegExp(`"${argument}"`) });
    assert.throws(
      () => raw.setOption(canRaw.filter, [{ id: 2 ** 32, mask: 0 }]),
      outOfRange('value\\[0\\]\\.id'),
    );
    assert.throws(() => raw.setOption(canRaw.filter, [{ id: 0 }] as never), {
      message: /"value\[0\]\.mask"/,
    });
    assert.throws(() => raw.setOption(canRaw.errFilter, -1), outOfRange('value'));
    assert.throws(() => raw.setOption(canRaw.loopback, 1 as never), { message: /"value"/ });
    assert.throws(() => raw.setOption(canJ1939.sendPrio, 8), outOfRange('value'));
    assert.throws(
      () => other.setOption(canIsotp.recvFc, { blockSize: 256 }),
      outOfRange('value\\.blockSize'),
    );
    assert.throws(() => other.setOption(canIsotp.opts, {}), { code: 'EINVAL' }); // of ISO-TP, on a raw socket
    const many = Array.from({ length: 513 }, (_, id) => ({ id, mask: 0x7ff }));
    assert.throws(() => raw.setOption(canRaw.filter, many), { code: 'EINVAL' });
    raw.setOption(canRaw.filter, many.slice(1));
    assert.equal(raw.getOption(canRaw.filter).length, 512);
  });

  test('leave nothing behind after any failure', async () => {
    const round = async () => {
      using raw = openBus();
      raw.setOption(canRaw.filter, [
        { id: 1, mask: 0x7ff },
        { id: CAN_EFF_FLAG | 2, mask: 0x1fffffff },
      ]);
      using manager = openManager();
      await manager.send(packBcmMessage({ opcode: 5, canId: 0x330, frames: [packCanFrame({ id: 0x330 })] }));
      using node = openNode(0x70);
      using channel = openChannel(0x331, 0x332);
      const failures = [
        () => openBus('nocan9'),
        () => openChannel(1, 1),
        () => new Socket(AF_CAN, SOCK_RAW, CAN_NPROTO),
        () => channel.bind({ interface: vcan, rxId: 3, txId: 4 }),
        () => raw.send('nonsense'),
        () => node.sendto('x', { interface: otherVcan, address: 1, pgn: 0x12300 }),
        () => manager.send('nonsense'),
        () => raw.recv(16, { timeout: 1 }),
        () => channel.recv(16, { signal: AbortSignal.timeout(1) }),
      ];
      for (const failing of failures) await failureOf(failing);
      const waiting = [raw, node, channel].map(socket => failureOf(() => socket.recv(16)));
      for (const socket of [raw, node, channel, manager]) socket.close();
      for (const error of await Promise.all(waiting))
        assert.equal((error as { code?: string }).code, 'EBADF');
    };
    await round();
    const [before, registered] = [countDescriptors(), registrations()];
    for (let i = 0; i < 5; i++) await round();
    assert.equal(countDescriptors(), before);
    assert.equal(registrations(), registered);
  });
});
