/** CAN_ISOTP (ISO 15765-2), against isotpsend and isotprecv. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { AF_CAN, CAN_EFF_FLAG, CAN_ISOTP, formatAddress, parseAddress, SOCK_DGRAM, Socket } from 'berkeley';
import { CAN_ISOTP_OPTS, SOL_CAN_ISOTP } from 'berkeley/constants';
import { needsCan, openChannel, startReceiver, vcan } from '../support/can.js';
import { Child } from '../support/running.js';

const wait = { timeout: 30_000 };
/** Without CAN_EFF_FLAG a length of ISO-TP has 12 bits. */
const longest = randomBytes(4095);
const hex = (data: Buffer): string => Array.from(data, byte => byte.toString(16).padStart(2, '0')).join(' ');
const bytesOf = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

describe('CAN_ISOTP', { skip: needsCan(CAN_ISOTP, SOCK_DGRAM) }, () => {
  for (const length of [1, 7, 8, 4095]) {
    test(`${length} bytes of isotpsend arrive`, async () => {
      using socket = openChannel(0x321, 0x123);
      const data = longest.subarray(0, length);
      await using sender = new Child('isotpsend', ['-s', '321', '-d', '123', '-b', vcan], hex(data));
      const { data: received, address } = await socket.recvfrom(8192, wait);
      assert.deepEqual(received, data);
      assert.equal(address?.interface, vcan);
      await sender.ends();
    });

    test(`our ${length} bytes arrive at isotprecv`, async () => {
      await using receiver = await startReceiver('rcvlist_sff', 'isotprecv', '-s', '456', '-d', '123', vcan);
      using socket = openChannel(0x456, 0x123);
      const data = longest.subarray(0, length);
      assert.equal(await socket.send(data, wait), length);
      assert.deepEqual(bytesOf(await receiver.ends()), data);
    });
  }

  test('both ends use this package, with extended identifiers, in the Sync face', async () => {
    const [one, two] = [(CAN_EFF_FLAG | 0x18da00f1) >>> 0, (CAN_EFF_FLAG | 0x18daf100) >>> 0];
    using a = openChannel(one, two);
    using b = openChannel(two, one);
    const address = a.getsockname();
    assert.deepEqual(address, { family: 'can', interface: vcan, rxId: one, txId: two });
    assert.deepEqual(parseAddress(formatAddress(address)), address);
    a.sendSync(longest);
    assert.deepEqual(b.recvSync(8192), longest);
    b.sendSync('back');
    assert.equal(String(a.recvSync(8192)), 'back');
  });

  test('a missing receiver is ECOMM, and options can be read', async () => {
    using socket = openChannel(0x700, 0x701);
    // struct can_isotp_options: flags, frame_txtime, ext_address, txpad_content, rxpad_content, rx_ext_address
    const options = socket.getsockopt(SOL_CAN_ISOTP, CAN_ISOTP_OPTS, 64) as Buffer;
    assert.equal(options.length, 12);
    await socket.send(longest.subarray(0, 100), wait);
    await assert.rejects(socket.recv(10, wait), { code: 'ECOMM' });
    assert.throws(() => socket.setsockopt(SOL_CAN_ISOTP, CAN_ISOTP_OPTS, options), { code: 'EISCONN' });
  });

  test('identifiers are checked before the system call', () => {
    using socket = new Socket(AF_CAN, SOCK_DGRAM, CAN_ISOTP);
    const outOfRange = { name: 'RangeError', code: 'ERR_OUT_OF_RANGE', message: /address\.rxId/ };
    for (const rxId of [0x800, -1, 2 ** 32, (CAN_EFF_FLAG | 0x20000000) >>> 0, 1.5, 0x40000001])
      assert.throws(() => socket.bind({ interface: vcan, rxId, txId: 1 }), outOfRange, String(rxId));
    assert.throws(() => socket.bind({ interface: vcan, rxId: 1, txId: '2' as unknown as number }), {
      code: 'ERR_INVALID_ARG_TYPE',
      message: /address\.txId/,
    });
  });
});
