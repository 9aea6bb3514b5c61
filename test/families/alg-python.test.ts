/** AF_ALG: the same operations in Python and here, in both faces, have the same results and errors. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import {
  AF_ALG,
  ALG_OP_DECRYPT,
  ALG_OP_ENCRYPT,
  SOCK_SEQPACKET,
  Socket,
  SocketError,
  sendmsgAfalg,
  sendmsgAfalgSync,
} from 'berkeley';
import { alg } from 'berkeley/options';
import { needsAlg } from '../support/alg.js';
import { askPython, besideSource, withoutPython } from '../support/python.js';

const wait = { timeout: 10_000 };

/**
 * One operation. Bytes are hexadecimal. A blocking read waits until all of `size` is available, except for a
 * hash.
 */
interface Question {
  readonly type: string;
  readonly name: string;
  readonly key?: string;
  readonly tag?: number;
  readonly op?: number;
  readonly iv?: string;
  readonly assoclen?: number;
  readonly data: readonly string[];
  readonly size: number;
}

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const hex = (size: number): string => randomBytes(size).toString('hex');
const text = (value: string): string => Buffer.from(value).toString('hex');

const encrypt = { op: ALG_OP_ENCRYPT };
const decrypt = { op: ALG_OP_DECRYPT };

/** The cases of CPython's own tests (test_socket.py), and further ones. */
const questions: Readonly<Record<string, Question>> = {
  sha256: { type: 'hash', name: 'sha256', data: [text('abc')], size: 512 },
  'hmac(sha1)': {
    type: 'hash',
    name: 'hmac(sha1)',
    key: text('Jefe'),
    data: [text('what do ya want for nothing?')],
    size: 512,
  },
  'a hash without data': { type: 'hash', name: 'sha512', data: [], size: 64 },
  'a part of a hash': { type: 'hash', name: 'sha256', data: [text('abc')], size: 7 },
  'cbc(aes), the test vector of RFC 3602': {
    type: 'skcipher',
    name: 'cbc(aes)',
    key: '06a9214036b8a15b512e03d534120006',
    iv: '3dafba429d9eb430b422da802c9fac41',
    ...encrypt,
    data: [text('Single block msg')],
    size: 16,
  },
  'ctr(aes), not a whole block': {
    type: 'skcipher',
    name: 'ctr(aes)',
    key: hex(24),
    iv: hex(16),
    ...encrypt,
    data: [hex(100), hex(1)],
    size: 101,
  },
  'ecb(aes), which has no vector': {
    type: 'skcipher',
    name: 'ecb(aes)',
    key: hex(16),
    ...decrypt,
    data: [hex(64)],
    size: 64,
  },
  'gcm(aes), sealed': {
    type: 'aead',
    name: 'gcm(aes)',
    key: 'c939cc13397c1d37de6ae0e1cb7c423c',
    iv: 'b3d8cc017cbb89b39e0f67e2',
    tag: 16,
    assoclen: 16,
    ...encrypt,
    data: ['24825602bd12a984e0092d3e448eda5f', 'c3b3c41f113a31b73d9a5cd432103069'],
    size: 48,
  },
  'gcm(aes), opened': {
    type: 'aead',
    name: 'gcm(aes)',
    key: 'c939cc13397c1d37de6ae0e1cb7c423c',
    iv: 'b3d8cc017cbb89b39e0f67e2',
    tag: 16,
    assoclen: 16,
    ...decrypt,
    data: [
      '24825602bd12a984e0092d3e448eda5f',
      '93fe7d9e9bfd10348a5606e5cafa7354',
      '0032a1dc85f1c9786925a2e71d8272dd',
    ],
    size: 32,
  },
  'gcm(aes), forged': {
    type: 'aead',
    name: 'gcm(aes)',
    key: hex(16),
    iv: hex(12),
    tag: 16,
    assoclen: 0,
    ...decrypt,
    data: [hex(48)],
    size: 32,
  },
  'what the kernel has not': { type: 'hash', name: 'no-such(hash)', data: [], size: 1 },
  'a type that it has not': { type: 'akcipher', name: 'rsa', data: [], size: 1 },
  'a key of no length that there is': {
    type: 'skcipher',
    name: 'cbc(aes)',
    key: hex(15),
    data: [],
    size: 1,
  },
  'a vector that is too short': {
    type: 'skcipher',
    name: 'cbc(aes)',
    key: hex(16),
    iv: hex(15),
    ...encrypt,
    data: [hex(16)],
    size: 16,
  },
  'no key': { type: 'skcipher', name: 'cbc(aes)', iv: hex(16), ...encrypt, data: [hex(16)], size: 16 },
  'not a whole block': {
    type: 'skcipher',
    name: 'cbc(aes)',
    key: hex(16),
    iv: hex(16),
    ...encrypt,
    data: [hex(17)],
    size: 17,
  },
};

/** The result, or the code of the error, in the format of alg.py. */
async function answer(question: Question, isSync: boolean): Promise<string> {
  try {
    using server = new Socket(AF_ALG, SOCK_SEQPACKET);
    server.bind({ type: question.type, name: question.name });
    if (question.key !== undefined) server.setOption(alg.setKey, bytes(question.key));
    if (question.tag !== undefined) server.setOption(alg.setAeadAuthsize, question.tag);
    using socket = isSync ? server.acceptSync().socket : (await server.accept(wait)).socket;
    socket.timeout = wait.timeout;
    await (isSync ? runSync : run)(socket, question);
    const result = isSync ? socket.recvSync(question.size) : await socket.recv(question.size, wait);
    return result.toString('hex');
  } catch (error) {
    if (error instanceof SocketError) return error.code;
    throw error;
  }
}

function operationOf({ op, iv, assoclen }: Question) {
  return { op: op!, iv: iv === undefined ? undefined : bytes(iv), assoclen };
}

async function run(socket: Socket<'alg'>, question: Question): Promise<void> {
  const data = question.data.map(bytes);
  if (question.op !== undefined) await sendmsgAfalg(socket, data, operationOf(question), wait);
  else for (const piece of data) await socket.sendAll(piece, wait);
}

function runSync(socket: Socket<'alg'>, question: Question): void {
  const data = question.data.map(bytes);
  if (question.op !== undefined) sendmsgAfalgSync(socket, data, operationOf(question));
  else for (const piece of data) socket.sendAllSync(piece);
}

describe('AF_ALG in Python and here', { skip: needsAlg || withoutPython }, () => {
  const program = besideSource('alg.py', import.meta.url);
  let theirs: readonly string[] | undefined;
  for (const [index, [name, question]] of Object.entries(questions).entries()) {
    test(name, async () => {
      theirs ??= askPython<string[]>(program, Object.values(questions));
      assert.ok(theirs[index]!.length > 0);
      assert.equal(await answer(question, false), theirs[index]);
      assert.equal(await answer(question, true), theirs[index]);
    });
  }
});
