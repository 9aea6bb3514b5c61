/**
 * AF_ALG: every AES mode that node:crypto has, in one piece and in several, one operation and many at once.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { release } from 'node:os';
import { describe, test } from 'node:test';
import {
  ALG_OP_DECRYPT,
  ALG_OP_ENCRYPT,
  MSG_MORE,
  type Socket,
  sendmsgAfalg,
  sendmsgAfalgSync,
  UnsupportedError,
} from 'berkeley';
import { alg } from 'berkeley/options';
import { needsAlg, openAlgorithm, operation } from '../support/alg.js';
import { assertSame } from '../support/bytes.js';
import { needsCommand } from '../support/kernel.js';

const wait = { timeout: 30_000 };
const LONG = 1 << 20;

/** The modes that the kernel and node:crypto share, with both names. */
const modes = [
  { name: 'ecb(aes)', theirs: 'aes-256-ecb', keySize: 32, ivSize: 0 },
  { name: 'cbc(aes)', theirs: 'aes-256-cbc', keySize: 32, ivSize: 16 },
  { name: 'ctr(aes)', theirs: 'aes-256-ctr', keySize: 32, ivSize: 16 },
  { name: 'xts(aes)', theirs: 'aes-256-xts', keySize: 64, ivSize: 16 },
  { name: 'chacha20', theirs: 'chacha20', keySize: 32, ivSize: 16 },
] as const;

/** The result of node:crypto. */
function encrypt(mode: (typeof modes)[number], key: Buffer, iv: Buffer, text: Buffer): Buffer {
  const cipher = createCipheriv(mode.theirs, key, mode.ivSize === 0 ? null : iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(text), cipher.final()]);
}

/** Reads until `length` bytes have arrived. */
async function readAll(socket: Socket<'alg'>, length: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let have = 0; have < length; have += parts.at(-1)!.length)
    parts.push(await socket.recv(Math.min(length - have, 65_536), wait));
  return Buffer.concat(parts);
}

const blank = (iv: Buffer) => (iv.length === 0 ? {} : { iv });

describe('AF_ALG, ciphers', { skip: needsAlg }, () => {
  for (const mode of modes) {
    test(`${mode.name} encrypts and decrypts, in both faces`, async () => {
      const [key, iv, text] = [randomBytes(mode.keySize), randomBytes(mode.ivSize), randomBytes(4096)];
      const secret = encrypt(mode, key, iv, text);
      using cipher = operation('skcipher', mode.name, key);
      await sendmsgAfalg(cipher, text, { op: ALG_OP_ENCRYPT, ...blank(iv) }, wait);
      assertSame(await readAll(cipher, text.length), secret);
      sendmsgAfalgSync(cipher, secret, { op: ALG_OP_DECRYPT, ...blank(iv) });
      assertSame(cipher.recvSync(text.length), text);
    });
  }

  // A later piece continues the operation only if the kernel returns the vector. xts and chacha20 do not.
  for (const mode of modes.slice(0, 3)) {
    test(`${mode.name}: a megabyte, in pieces, while the result is read`, async () => {
      const [key, iv, text] = [randomBytes(mode.keySize), randomBytes(mode.ivSize), randomBytes(LONG)];
      using cipher = operation('skcipher', mode.name, key);
      const feed = async (): Promise<void> => {
        const first = text.subarray(0, 4096);
        const what = { op: ALG_OP_ENCRYPT, ...blank(iv), flags: MSG_MORE };
        assert.equal(await sendmsgAfalg(cipher, first, what, wait), first.length);
        await cipher.sendAll(text.subarray(4096, -16), { flags: MSG_MORE, ...wait });
        await cipher.sendAll(text.subarray(-16), wait);
      };
      const [secret] = await Promise.all([readAll(cipher, LONG), feed()]);
      assertSame(secret, encrypt(mode, key, iv, text));
    });
  }

  test('a hash of a megabyte, at once and in pieces', async () => {
    const text = randomBytes(LONG);
    const digest = createHash('sha256').update(text).digest();
    using sha = operation('hash', 'sha256');
    await sha.sendAll(text, wait);
    using again = operation('hash', 'sha256');
    for (let at = 0; at < LONG; at += 10_000)
      await again.sendAll(text.subarray(at, at + 10_000), { flags: MSG_MORE, ...wait });
    await again.send('', wait);
    assert.deepEqual(await again.recv(32, wait), digest);
    assert.deepEqual(await sha.recv(32, wait), digest);
  });

  test('one key, many operations at once, each with its own vector', async () => {
    const key = randomBytes(32);
    using server = openAlgorithm('skcipher', 'cbc(aes)', key);
    const run = async (): Promise<void> => {
      const [iv, text] = [randomBytes(16), randomBytes(1024)];
      using cipher = (await server.accept(wait)).socket;
      for (let round = 0; round < 4; round++) {
        await sendmsgAfalg(cipher, text, { op: ALG_OP_ENCRYPT, iv }, wait);
        assertSame(await readAll(cipher, text.length), encrypt(modes[1], key, iv, text));
      }
    };
    await Promise.all(Array.from({ length: 16 }, run));
  });

  test('an operation keeps its key, and the key can change between operations', async () => {
    const [one, two, iv, text] = [randomBytes(32), randomBytes(32), randomBytes(16), randomBytes(64)];
    using server = openAlgorithm('skcipher', 'cbc(aes)', one);
    {
      using cipher = server.acceptSync().socket;
      await sendmsgAfalg(cipher, text, { op: ALG_OP_ENCRYPT, iv }, wait);
      assertSame(await cipher.recv(64, wait), encrypt(modes[1], one, iv, text));
      // The key cannot change while an operation is open: alg_setkey of crypto/af_alg.c.
      assert.throws(() => server.setOption(alg.setKey, two), { code: 'EBUSY' });
    }
    server.setOption(alg.setKey, two);
    using cipher = server.acceptSync().socket;
    await sendmsgAfalg(cipher, text, { op: ALG_OP_ENCRYPT, iv }, wait);
    assertSame(await cipher.recv(64, wait), encrypt(modes[1], two, iv, text));
  });

  for (const tagSize of [4, 8, 12, 13, 14, 15, 16]) {
    test(`gcm(aes) with a tag of ${tagSize} bytes, and 64 KiB of text`, async () => {
      const [key, iv, text] = [randomBytes(16), randomBytes(12), randomBytes(60_000)];
      const aad = randomBytes(13);
      const cipher = createCipheriv('aes-128-gcm', key, iv, { authTagLength: tagSize }).setAAD(aad);
      const secret = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
      using server = openAlgorithm('aead', 'gcm(aes)', key);
      server.setOption(alg.setAeadAuthsize, tagSize);
      using gcm = server.acceptSync().socket;
      const run = { iv, assoclen: aad.length };
      await sendmsgAfalg(gcm, [aad, text], { op: ALG_OP_ENCRYPT, ...run }, wait);
      const sealed = await gcm.recv(aad.length + secret.length, wait);
      assertSame(sealed.subarray(aad.length), secret);
      const open = createDecipheriv('aes-128-gcm', key, iv, { authTagLength: tagSize }).setAAD(aad);
      open.setAuthTag(sealed.subarray(-tagSize));
      assertSame(Buffer.concat([open.update(sealed.subarray(13, -tagSize)), open.final()]), text);
    });
  }

  test('a tag length that the cipher lacks is EINVAL, and an impossible one is refused before the call', () => {
    using gcm = openAlgorithm('aead', 'gcm(aes)', randomBytes(16));
    assert.throws(() => gcm.setOption(alg.setAeadAuthsize, 5), { code: 'EINVAL', syscall: 'setsockopt' });
    assert.throws(() => gcm.setOption(alg.setAeadAuthsize, -1), { code: 'ERR_OUT_OF_RANGE' });
    assert.throws(() => gcm.setOption(alg.setKey, 'text' as never), { code: 'ERR_INVALID_ARG_TYPE' });
  });

  test('a key can be given by its number in the kernel’s keyrings', {
    skip: needsCommand('keyctl', 'keyutils'),
  }, async () => {
    const [key, iv, text] = [randomBytes(32), randomBytes(16), randomBytes(64)];
    const args = ['padd', 'user', `berkeley-${process.pid}`, '@u'];
    const serial = Number(execFileSync('keyctl', args, { input: key, encoding: 'utf8' }));
    execFileSync('keyctl', ['setperm', String(serial), '0x3f3f0000']);
    try {
      using server = openAlgorithm('skcipher', 'cbc(aes)');
      const [major = 0, minor = 0] = release().split('.').map(Number);
      const set = () => server.setOption(alg.setKeyByKeySerial, serial);
      if (major * 100 + minor < 602) {
        assert.throws(set, (error: Error) => {
          assert.ok(error instanceof UnsupportedError);
          assert.match(error.message, /ALG_SET_KEY_BY_KEY_SERIAL: since Linux 6\.2/);
          return true;
        });
        return;
      }
      set();
      using cipher = server.acceptSync().socket;
      await sendmsgAfalg(cipher, text, { op: ALG_OP_ENCRYPT, iv }, wait);
      assertSame(await cipher.recv(64, wait), encrypt(modes[1], key, iv, text));
    } finally {
      execFileSync('keyctl', ['unlink', String(serial), '@u']);
    }
  });
});
