/** Error frames, compared with candump's descriptions. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CAN_ERR_MASK, CAN_RAW, type CanError, packCanFrame, parseCanError, parseCanFrame } from 'berkeley';
import {
  CAN_ERR_ACK,
  CAN_ERR_BUSERROR,
  CAN_ERR_BUSOFF,
  CAN_ERR_CRTL,
  CAN_ERR_LOSTARB,
  CAN_ERR_PROT,
  CAN_ERR_RESTARTED,
  CAN_ERR_TX_TIMEOUT,
  CAN_MTU,
} from 'berkeley/constants';
import { canRaw } from 'berkeley/options';
import { needsCan, openBus, startReceiver, vcan } from '../support/can.js';

/** candump's names for what has a different name here. */
const problems: Readonly<Record<string, string>> = {
  rxOverflow: 'rx-overflow',
  txOverflow: 'tx-overflow',
  rxWarning: 'rx-error-warning',
  txWarning: 'tx-error-warning',
  rxPassive: 'rx-error-passive',
  txPassive: 'tx-error-passive',
  active: 'back-to-error-active',
};
const violations: Readonly<Record<string, string>> = {
  bit: 'single-bit-error',
  form: 'frame-format-error',
  stuff: 'bit-stuffing-error',
  bit0: 'tx-dominant-bit-error',
  bit1: 'tx-recessive-bit-error',
  overload: 'bus-overload',
  active: 'active-error',
  tx: 'error-on-tx',
};
const locations: Readonly<Record<string, string>> = {
  startOfFrame: 'start-of-frame',
  id28to21: 'id.28-to-id.21',
  id20to18: 'id.20-to-id.18',
  srtr: 'bit-srtr',
  ide: 'bit-ide',
  id17to13: 'id.17-to-id.13',
  id12to5: 'id.12-to-id.5',
  id4to0: 'id.4-to-id.0',
  rtr: 'bit-rtr',
  reserved1: 'reserved-bit-1',
  reserved0: 'reserved-bit-0',
  lengthCode: 'data-length-code',
  data: 'data-field',
  crc: 'crc-sequence',
  crcDelimiter: 'crc-delimiter',
  ack: 'acknowledge-slot',
  ackDelimiter: 'acknowledge-delimiter',
  endOfFrame: 'end-of-frame',
  intermission: 'intermission',
};

/** The fields that candump -e prints of an error, in its order. */
function asCandump(error: CanError): string[] {
  const { txTimeout, lostArbitration, controller, protocol, noAck, busOff, busError, restarted, counters } =
    error;
  const list = (words: readonly string[], names: Readonly<Record<string, string>>) =>
    words.map(word => names[word]).join(',');
  const how = protocol && `{${list(protocol.violations, violations)}}`;
  const where = protocol && `{${protocol.location === null ? '' : locations[protocol.location]}}`;
  const lines: [unknown, string][] = [
    [txTimeout, 'tx-timeout'],
    [lostArbitration !== null, `lost-arbitration{at bit ${lostArbitration}}`],
    [controller, `controller-problem{${list(controller ?? [], problems)}}`],
    [protocol, `protocol-violation{${how}${where}}`],
    [noAck, 'no-acknowledgement-on-tx'],
    [busOff, 'bus-off'],
    [busError, 'bus-error'],
    [restarted, 'restarted-after-bus-off'],
    [counters, `error-counter-tx-rx{{${counters?.tx}}{${counters?.rx}}}`],
  ];
  return lines.filter(([holds]) => holds).map(([, line]) => line);
}

/** Class and data of each error: all classes, all bits, all positions in a frame. */
const errors: readonly (readonly [number, readonly number[]])[] = [
  [CAN_ERR_TX_TIMEOUT, []],
  [CAN_ERR_LOSTARB, [17]],
  ...[0, 1, 2, 3, 4, 5, 6].map(bit => [CAN_ERR_CRTL, [0, 1 << bit]] as const),
  ...[0, 1, 2, 3, 4, 5, 6, 7].map(bit => [CAN_ERR_PROT, [0, 0, 1 << bit, 10]] as const),
  ...[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 18, 24, 25, 26, 27].map(
    place => [CAN_ERR_PROT, [0, 0, 4, place]] as const,
  ),
  [CAN_ERR_ACK | CAN_ERR_BUSERROR, []],
  [CAN_ERR_BUSOFF | CAN_ERR_CRTL, [0, 0x30, 0, 0, 0, 0, 255, 127]],
  [CAN_ERR_RESTARTED, []],
];

describe('CAN error frames', { skip: needsCan(CAN_RAW) }, () => {
  test('have the same meaning as in candump', async () => {
    await using dump = await startReceiver('rcvlist_err', 'candump', '-e', `${vcan},0~0,#FFFFFFFF`);
    using sender = openBus();
    using socket = openBus();
    socket.setOption(canRaw.errFilter, CAN_ERR_MASK);
    socket.setOption(canRaw.filter, []);
    const expected: string[] = [];
    for (const [id, data] of errors) {
      const bytes = Buffer.alloc(8);
      bytes.set(data);
      await sender.send(packCanFrame({ id, error: true, data: bytes }));
      const frame = parseCanFrame(await socket.recv(CAN_MTU, { timeout: 10_000 }));
      expected.push(...asCandump(parseCanError(frame)));
    }
    await dump.prints(/restarted-after-bus-off/);
    const printed = dump.output
      .split('\n')
      .filter(line => line.startsWith('\t'))
      .map(line => line.trim());
    assert.deepEqual(printed, expected);
  });

  test('can be filtered by class', async () => {
    using sender = openBus();
    using socket = openBus();
    socket.setOption(canRaw.errFilter, CAN_ERR_BUSOFF | CAN_ERR_RESTARTED);
    const data = Buffer.alloc(8);
    for (const id of [CAN_ERR_ACK, CAN_ERR_BUSOFF, CAN_ERR_CRTL, CAN_ERR_RESTARTED | CAN_ERR_CRTL])
      await sender.send(packCanFrame({ id, error: true, data }));
    const [first, second] = [socket.recvSync(CAN_MTU), socket.recvSync(CAN_MTU)].map(parseCanFrame);
    assert.equal(parseCanError(first!).busOff, true);
    assert.equal(parseCanError(second!).restarted, true);
    await assert.rejects(socket.recv(CAN_MTU, { timeout: 50 }), { name: 'TimeoutError' });
  });
});
