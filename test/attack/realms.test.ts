/** Memory of another realm is accepted. Jest's environments and node:vm create such memory. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import vm from 'node:vm';
import {
  AF_INET,
  AF_INET6,
  AF_UNIX,
  CMSG_SPACE,
  getnameinfoSync,
  inet_ntoa,
  inet_ntop,
  MessageBatch,
  packBcmMessage,
  parseCanError,
  parseCanFrame,
  parseJ1939Name,
  SOCK_DGRAM,
  SOL_SOCKET,
  Socket,
  socketpair,
} from 'berkeley';
import { CAN_ERR_FLAG, SO_LINGER } from 'berkeley/constants';
import { parseControl } from 'berkeley/control';
import {
  attributeText,
  listNetlinkAttributes,
  packNetlinkAttributes,
  parseNetlinkMessages,
} from 'berkeley/netlink';
import { alg, codec, packet } from 'berkeley/options';
import { notOnWindows } from '../support/kernel.js';
import { LOCAL } from '../support/local.js';
import { freshName } from '../support/names.js';

const context = vm.createContext();

/** Bytes as a Uint8Array of another realm. */
function foreign(bytes: Iterable<number>): Uint8Array {
  return vm.runInContext(`Uint8Array.from([${Array.from(bytes).join()}])`, context);
}

/** The same as an ArrayBuffer. */
function foreignBuffer(bytes: Iterable<number>): ArrayBuffer {
  return foreign(bytes).buffer as ArrayBuffer;
}

const TEXT = Buffer.from('text');

describe('memory of another realm is accepted', () => {
  test('the realm is a different one', () => {
    assert.equal(foreign([1]) instanceof Uint8Array, false);
    assert.equal(foreignBuffer([1]) instanceof ArrayBuffer, false);
  });

  test('as data to send, and as memory to receive into', async () => {
    const [a, b] = socketpair(LOCAL, SOCK_DGRAM);
    const into = foreign(new Uint8Array(4));
    for (const data of [
      foreign(TEXT),
      foreignBuffer(TEXT),
      vm.runInContext('new DataView(new ArrayBuffer(4))', context),
    ]) {
      const expected = Buffer.from(data.buffer ?? data).toString();
      await a.send(data);
      a.sendSync(data);
      await a.sendmsg({ data: [data], control: [] });
      await a.sendFds(data, []);
      for (let i = 0; i < 3; i++) {
        assert.equal(await b.recvInto(into), 4);
        assert.equal(Buffer.from(into).toString(), expected);
      }
      assert.equal((await b.recvmsgInto([foreignBuffer(into)])).bytesRead, 4);
    }
    const batch = new MessageBatch<'unix'>({ count: 1, size: 9, family: LOCAL });
    batch.push(foreign(TEXT));
    await a.sendmmsg(batch);
    assert.equal(String(await b.recv(9)), 'text');
    a.close();
    b.close();
  });

  test('in addresses', { skip: notOnWindows('abstract names') }, () => {
    const name = freshName();
    using server = new Socket(AF_UNIX);
    server.bind({ abstract: foreign(Buffer.from(name)) });
    const { abstract } = server.getsockname() as { abstract: Uint8Array };
    assert.equal(Buffer.from(abstract).toString(), name);
    assert.throws(() => server.connectSync({ path: foreign(Buffer.from('/nonesuch')) }), {
      code: /ENOENT|EINVAL/,
    });
    using local = new Socket(AF_UNIX, SOCK_DGRAM);
    const unknown = { family: 'unknown', number: 99, bytes: foreign([1, 2]) } as const;
    assert.throws(() => local.bind(unknown as never), { code: 'ERR_INVALID_ARG_VALUE' }, 'of another family');
    assert.equal(inet_ntop(AF_INET, foreign([127, 0, 0, 1])), '127.0.0.1');
    assert.equal(inet_ntop(AF_INET6, foreignBuffer(new Uint8Array(16))), '::');
    assert.equal(inet_ntoa(foreignBuffer([10, 0, 0, 1])), '10.0.0.1');
    assert.equal(
      getnameinfoSync(vm.runInContext("({ host: '127.0.0.1', port: 9 })", context), 3).host,
      '127.0.0.1',
    );
  });

  test('in options', () => {
    using socket = new Socket();
    socket.setsockopt(SOL_SOCKET, SO_LINGER, foreign([1, 0, 0, 0, 7, 0, 0, 0]));
    socket.setsockopt(SOL_SOCKET, SO_LINGER, foreignBuffer([1, 0, 0, 0, 8, 0, 0, 0]));
    assert.equal(socket.getsockopt(SOL_SOCKET, SO_LINGER, 8).readInt32LE(4), 8);
    assert.deepEqual(Buffer.from(codec.bytes(8).encode(foreign(TEXT), 'value')), TEXT);
    assert.deepEqual(Buffer.from(alg.setKey.write.encode(foreign(TEXT), 'value')), TEXT);
    const membership = packet.addMembership.write.encode(
      { interface: 1, type: 0, address: foreign(TEXT) },
      'value',
    );
    assert.deepEqual(Buffer.from(membership).subarray(8, 12), TEXT);
  });

  test('in messages', { skip: notOnWindows('netlink') }, () => {
    assert.equal(parseControl(foreign(Buffer.alloc(CMSG_SPACE(4)))).length, 0);
    assert.equal(attributeText(foreign(TEXT)), 'text');
    const packed = packNetlinkAttributes([
      [1, foreign(TEXT)],
      [2, foreignBuffer(TEXT)],
    ]);
    assert.equal(listNetlinkAttributes(foreign(packed)).length, 2);
    assert.equal(parseNetlinkMessages(foreignBuffer([]) as never).length, 0);
    assert.equal(parseJ1939Name(foreign([1, 0, 0, 0, 0, 0, 0, 0])).identityNumber, 1);
    assert.equal(parseCanFrame(foreign(new Uint8Array(16))).data.length, 0);
    assert.equal(
      parseCanError({ id: CAN_ERR_FLAG, error: true, data: foreign(new Uint8Array(8)) as Buffer }).busOff,
      false,
    );
    assert.equal(packBcmMessage({ opcode: 1, frames: [foreign(new Uint8Array(16))] }).length % 8, 0);
  });
});
