/** The array examples from the documentation of Python's socket module, in both faces. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CMSG_LEN, SCM_RIGHTS, SOL_SOCKET, socketpair } from 'berkeley';
import { readAndClose, samples } from './descriptor-kinds.js';
import { type AnySocket, type Face, faces } from './faces.js';

/** `def recv_fds(sock, msglen, maxfds)`, line by line. */
async function recvFds(face: Face, socket: AnySocket, length: number, most: number) {
  const fds: number[] = [];
  const { data, control } = await face.recvmsg(socket, length, { control: CMSG_LEN(most * 4) });
  for (const item of control) {
    if (item.level !== SOL_SOCKET || item.type !== SCM_RIGHTS) continue;
    // Appends data, ignoring any truncated integers at the end.
    for (let at = 0; at + 4 <= item.data.length; at += 4) fds.push(item.data.readInt32LE(at));
  }
  return { data, fds };
}

/** `def send_fds(sock, msg, fds)`. */
function sendFds(face: Face, socket: AnySocket, message: string, fds: readonly number[]) {
  return face.sendmsg(socket, {
    data: [message],
    control: [{ level: SOL_SOCKET, type: SCM_RIGHTS, data: Int32Array.from(fds) }],
  });
}

/** The same, with the functions of this package. */
const sendByName = (face: Face, socket: AnySocket, message: string, fds: readonly number[]) =>
  face.sendFds(socket, message, fds);
const recvByName = (face: Face, socket: AnySocket, length: number, most: number) =>
  face.recvFds(socket, length, most);

describe("the examples of Python's documentation", () => {
  for (const face of faces) {
    test(`recvmsg_into, ${face.name}`, async () => {
      const [s1, s2] = socketpair();
      using _1 = s1;
      using _2 = s2;
      const b1 = Buffer.from('----');
      const b2 = Buffer.from('0123456789');
      const b3 = Buffer.from('--------------');
      assert.equal(await s1.send('Mary had a little lamb'), 22);
      const result = await face.recvmsgInto(s2, [b1, b2.subarray(2, 9), b3]);
      assert.deepEqual(result, { bytesRead: 22, control: [], flags: 0, address: null });
      assert.deepEqual([b1, b2, b3].map(String), ['Mary', '01 had a 9', 'little lamb---']);
    });

    for (const [sender, receiver] of [
      [sendFds, recvByName],
      [sendByName, recvFds],
    ] as const) {
      test(`${sender.name} and ${receiver.name}, ${face.name}`, async () => {
        const [near, far] = socketpair();
        using _1 = near;
        using _2 = far;
        const sent = samples();
        assert.equal(
          await sender(
            face,
            near,
            'all kinds',
            sent.map(({ fd }) => fd),
          ),
          9,
        );
        for (const one of sent) one.close();
        const { data, fds } = await receiver(face, far, 100, sent.length);
        assert.equal(String(data), 'all kinds');
        assert.deepEqual(
          fds.map(readAndClose),
          sent.map(({ text }) => text),
        );
      });
    }
  }
});
