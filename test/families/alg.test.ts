/** AF_ALG: the kernel's cryptography, against node:crypto. */
import assert from 'node:assert/strict';
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import {
  AF_ALG,
  ALG_OP_DECRYPT,
  ALG_OP_ENCRYPT,
  ALG_SET_KEY,
  formatAddress,
  MSG_MORE,
  parseAddress,
  SOCK_SEQPACKET,
  SOL_ALG,
  Socket,
  sendmsgAfalg,
  sendmsgAfalgSync,
} from 'berkeley';
import { alg } from 'berkeley/options';
import { needsAlg, openAlgorithm, operation } from '../support/alg.js';

const wait = { timeout: 10_000 };

const longName = 'pcrypt(pcrypt(pcrypt(rfc4106(gcm_base(ctr(aes-generic),ghash-generic)))))';

describe('AF_ALG', { skip: needsAlg }, () => {
  for (const size of [0, 1, 63, 64, 65, 4096]) {
    test(`sha256 and hmac(sha256) of ${size} bytes, in both faces`, async () => {
      const data = randomBytes(size);
      using sha = operation('hash', 'sha256');
      const digest = createHash('sha256').update(data).digest();
      sha.sendSync(data);
      assert.deepEqual(sha.recvSync(64), digest);
      await sha.send(data, wait);
      assert.deepEqual(await sha.recv(64, wait), digest);
      const key = randomBytes(32);
      using hmac = operation('hash', 'hmac(sha256)', key);
      await hmac.send(data, wait);
      assert.deepEqual(await hmac.recv(64, wait), createHmac('sha256', key).update(data).digest());
    });
  }

  test('a hash accepts its data in pieces', async () => {
    const pieces = [randomBytes(100), randomBytes(1000), randomBytes(10)];
    using sha = operation('hash', 'sha512');
    for (const piece of pieces) await sha.sendAll(piece, { flags: MSG_MORE, ...wait });
    await sha.send('', wait);
    const digest = createHash('sha512').update(Buffer.concat(pieces)).digest();
    assert.deepEqual(await sha.recv(64, wait), digest);
  });

  test('accept returns no address, and each operation is separate', async () => {
    using server = openAlgorithm('hash', 'sha256');
    const { socket, address } = await server.accept(wait);
    using one = socket;
    using two = server.acceptSync().socket;
    assert.equal(address, null);
    await one.send('one', { flags: MSG_MORE, ...wait });
    await two.send('two', wait);
    await one.send('!', wait);
    const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
    assert.deepEqual(await two.recv(32, wait), digest('two'));
    assert.deepEqual(await one.recv(32, wait), digest('one!'));
  });

  test('cbc(aes) encrypts and decrypts, in both faces', async () => {
    const [key, iv, text] = [randomBytes(16), randomBytes(16), randomBytes(1024)];
    const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
    const secret = Buffer.concat([cipher.update(text), cipher.final()]);
    using aes = operation('skcipher', 'cbc(aes)', key);
    assert.equal(await sendmsgAfalg(aes, text, { op: ALG_OP_ENCRYPT, iv }, wait), text.length);
    assert.deepEqual(await aes.recv(text.length, wait), secret);
    sendmsgAfalgSync(aes, [secret.subarray(0, 16), secret.subarray(16)], { op: ALG_OP_DECRYPT, iv });
    assert.deepEqual(aes.recvSync(text.length), text);
    await assert.rejects(sendmsgAfalg(aes, text, { op: ALG_OP_ENCRYPT, iv: iv.subarray(1) }), {
      code: 'EINVAL',
      syscall: 'sendmsg',
    });
  });

  test('gcm(aes) has associated data, and a forged tag is EBADMSG', async () => {
    const [key, iv, text, aad] = [randomBytes(32), randomBytes(12), randomBytes(100), randomBytes(20)];
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad);
    const secret = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
    using server = openAlgorithm('aead', 'gcm(aes)', key);
    server.setOption(alg.setAeadAuthsize, 16);
    using gcm = server.acceptSync().socket;
    const run = { iv, assoclen: aad.length };
    await sendmsgAfalg(gcm, [aad, text], { op: ALG_OP_ENCRYPT, ...run }, wait);
    const sealed = await gcm.recv(aad.length + secret.length, wait);
    assert.deepEqual(sealed.subarray(aad.length), secret);
    const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(aad).setAuthTag(sealed.subarray(-16));
    assert.deepEqual(Buffer.concat([decipher.update(sealed.subarray(20, -16)), decipher.final()]), text);
    await sendmsgAfalg(gcm, [aad, secret], { op: ALG_OP_DECRYPT, ...run }, wait);
    assert.deepEqual((await gcm.recv(aad.length + text.length, wait)).subarray(aad.length), text);
    secret[0]! ^= 1;
    await sendmsgAfalg(gcm, [aad, secret], { op: ALG_OP_DECRYPT, ...run }, wait);
    await assert.rejects(gcm.recv(aad.length + text.length, wait), { code: 'EBADMSG' });
  });

  test('unsupported algorithms and invalid keys are errors', async () => {
    using socket = new Socket(AF_ALG, SOCK_SEQPACKET);
    const address = { family: 'alg', type: 'hash', name: 'no-such(hash)', feature: 0, mask: 0 } as const;
    const text = formatAddress(address);
    assert.deepEqual(parseAddress(text), address);
    assert.throws(() => socket.bind(address), {
      code: 'ENOENT',
      address: text,
      hint: /no hash 'no-such\(hash\)'.*modprobe algif_hash/,
    });
    assert.throws(() => socket.bind({ type: 'compress', name: 'zstd' }), {
      code: 'ENOENT',
      hint: /hash, skcipher, aead, rng/,
    });
    using aes = openAlgorithm('skcipher', 'cbc(aes)');
    assert.throws(() => aes.setsockopt(SOL_ALG, ALG_SET_KEY, Buffer.alloc(15)), { code: 'EINVAL' });
    using keyless = aes.acceptSync().socket;
    await assert.rejects(
      sendmsgAfalg(keyless, Buffer.alloc(16), { op: ALG_OP_ENCRYPT, iv: Buffer.alloc(16) }),
      {
        code: 'ENOKEY',
      },
    );
  });

  test('names that are too long are refused before the system call', () => {
    using socket = new Socket(AF_ALG, SOCK_SEQPACKET);
    const tooLong = (argument: RegExp) => ({ code: 'ERR_INVALID_ARG_VALUE', message: argument });
    assert.throws(() => socket.bind({ type: 'hash', name: 'n'.repeat(104) }), tooLong(/address\.name.*103/));
    assert.throws(() => socket.bind({ type: 't'.repeat(14), name: 'sha256' }), tooLong(/address\.type.*13/));
    assert.throws(() => socket.bind({ type: 'hash', name: 'ä'.repeat(52) }), tooLong(/address\.name/));
    for (const length of [63, 64, 103])
      assert.throws(() => socket.bind({ type: 'hash', name: 'n'.repeat(length) }), { code: 'ENOENT' });
    assert.throws(() => socket.bind({ type: 'hash', name: 1 as unknown as string }), /address\.name/);
  });

  test('a driver name can be longer than the field of struct sockaddr_alg', async () => {
    const [key, iv, text] = [randomBytes(32), randomBytes(12), randomBytes(40)];
    // Its associated data are an SPI, a sequence number and the vector: RFC 4106.
    using short = operation('aead', 'rfc4106(gcm(aes))', key.subarray(0, 20));
    using long = operation('aead', longName, key.subarray(0, 20));
    const run = { op: ALG_OP_ENCRYPT, iv: iv.subarray(4), assoclen: 16 };
    const results: Buffer[] = [];
    for (const socket of [short, long]) {
      await sendmsgAfalg(socket, [Buffer.alloc(8), iv.subarray(4), text], run, wait);
      results.push(await socket.recv(1000, wait));
    }
    assert.deepEqual(results[0], results[1]);
  });
});
