/**
 * Descriptors and credentials between Python and this package: both directions, every socket type, both
 * faces.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SO_PASSCRED, SOL_SOCKET, socketpair } from 'berkeley';
import { credentials, rights, spaceFor } from 'berkeley/control';
import { Program } from '../support/program.js';
import { besideSource, python, withoutPython } from '../support/python.js';
import { closesOnExec, readAndClose, samples } from './descriptor-kinds.js';
import { type AnySocket, type Face, faces, types } from './faces.js';

const program = besideSource('passing.py', import.meta.url);

interface Received {
  readonly data: string;
  readonly texts: string[];
  readonly credentials: [pid: number, uid: number, gid: number];
  readonly flags: number;
}

const ourselves = [process.pid, process.geteuid!(), process.getegid!()];

async function toPython(face: Face, socket: AnySocket, peer: Program): Promise<void> {
  const sent = samples();
  const fds = sent.map(({ fd }) => fd);
  const control = [credentials(), rights(fds)];
  assert.equal(await face.sendmsg(socket, { data: 'to Python', control }), 9);
  for (const one of sent) one.close();
  peer.tell({ do: 'receive', most: fds.length });
  assert.deepEqual(await peer.hear<Received>(), {
    data: 'to Python',
    texts: sent.map(({ text }) => text),
    credentials: ourselves,
    flags: 0,
  });
}

const theirs = ['file', 'pipe', 'socket', 'memfd'].map(kind => `from a ${kind} of Python's`);

async function fromPython(face: Face, socket: AnySocket, peer: Program): Promise<void> {
  peer.tell({ do: 'send', data: 'from Python' });
  const message = await face.recvmsg(socket, 11, { control: spaceFor(rights.space(4), credentials) });
  assert.equal(String(message.data), 'from Python');
  assert.equal(message.flags, 0);
  const fds = rights.find(message.control)!;
  assert.ok(fds.every(closesOnExec), 'close-on-exec');
  assert.deepEqual(fds.map(readAndClose), theirs);

  // Repeats the exchange with SO_PASSCRED: the kernel adds credentials, for which recvFds reserves space.
  const again = await face.recvFds(socket, 11, 4);
  assert.equal(String(again.data), 'from Python');
  assert.deepEqual([again.fds.length, again.flags], [4, 0]);
  assert.ok(again.fds.every(closesOnExec), 'close-on-exec');
  assert.equal(readAndClose(again.fds[3]!), theirs[3]);
  for (const fd of again.fds.slice(0, 3)) readAndClose(fd);

  const { credentials: who } = await peer.hear<{ credentials: number[] }>();
  const { pid, uid, gid } = credentials.find(message.control)!;
  assert.deepEqual([pid, uid, gid], who);
}

describe('descriptors and credentials are exchanged with Python', { skip: withoutPython }, () => {
  for (const [name, type] of types) {
    test(name, async t => {
      const [ours, other] = socketpair(undefined, type);
      using socket = ours;
      socket.setsockopt(SOL_SOCKET, SO_PASSCRED, 1);
      using peer = new Program('Python', [python, program], { stdio: ['pipe', 'pipe', 'pipe', other.fd] });
      other.close();
      for (const face of faces) {
        await t.test(`to Python, ${face.name}`, () => toPython(face, socket, peer));
        await t.test(`from Python, ${face.name}`, () => fromPython(face, socket, peer));
      }
      await peer.end();
    });
  }
});
