/**
 * AF_ALG: random number generators. One depends only on its seed, so node:crypto computes the same numbers.
 */
import assert from 'node:assert/strict';
import { createCipheriv, randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { AF_ALG, SOCK_SEQPACKET, Socket, SocketError } from 'berkeley';
import { alg } from 'berkeley/options';
import { needsAlg, openAlgorithm, operation } from '../support/alg.js';
import { inGuest, type Skip } from '../support/kernel.js';

const wait = { timeout: 10_000 };
const BLOCK = 16;

/** Skips if the kernel has no such generator. Debian's has both. */
function needsGenerator(name: string): Skip {
  if (needsAlg !== false) return needsAlg;
  using socket = new Socket(AF_ALG, SOCK_SEQPACKET);
  try {
    socket.bind({ type: 'rng', name });
    return false;
  } catch (error) {
    if (inGuest || !(error instanceof SocketError)) return false;
    return `this kernel has no ${name}: npm run test:vm`;
  }
}

/**
 * ANSI X9.31 appendix A.2.4 with AES: a vector V, a key, and a date DT, which counts up.
 *
 * I = E(DT), R = E(I ^ V), V = E(R ^ I). R is the result.
 */
function x931(seed: Buffer, blocks: number): Buffer {
  const [key, results] = [seed.subarray(16, 32), [] as Buffer[]];
  const aes = (block: Uint8Array): Buffer =>
    createCipheriv('aes-128-ecb', key, null).setAutoPadding(false).update(block);
  const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, i) => byte ^ b[i]!));
  let [v, date] = [seed.subarray(0, 16), BigInt(`0x${seed.toString('hex', 32)}`)];
  for (let i = 0; i < blocks; i++, date = BigInt.asUintN(128, date + 1n)) {
    const intermediate = aes(Buffer.from(date.toString(16).padStart(32, '0'), 'hex'));
    const result = aes(xor(intermediate, v));
    v = aes(xor(result, intermediate));
    results.push(result);
  }
  return Buffer.concat(results);
}

describe('AF_ALG, generators', { skip: needsAlg }, () => {
  describe('ansi_cprng', { skip: needsGenerator('ansi_cprng') }, () => {
    for (const [name, date] of [
      ['a random date', randomBytes(BLOCK)],
      ['a date that is about to wrap', Buffer.alloc(BLOCK, 0xff)],
    ] as const) {
      test(`gives the numbers of X9.31, as node:crypto computes them: ${name}`, async () => {
        const seed = Buffer.concat([randomBytes(2 * BLOCK), date]);
        const expected = x931(seed, 20);
        using generator = operation('rng', 'ansi_cprng', seed);
        const pieces = [await generator.recv(128, wait), generator.recvSync(64)];
        pieces.push(await generator.recv(1, wait), await generator.recv(127, wait));
        assert.deepEqual(Buffer.concat(pieces), expected);
      });
    }

    test('refuses a seed that is too short with EINVAL', () => {
      using socket = openAlgorithm('rng', 'ansi_cprng');
      assert.throws(() => socket.setOption(alg.setKey, randomBytes(31)), { code: 'EINVAL' });
    });
  });

  for (const name of ['drbg_nopr_sha256', 'drbg_nopr_hmac_sha256', 'drbg_nopr_ctr_aes256']) {
    describe(name, { skip: needsGenerator(name) }, () => {
      test('gives at most 128 bytes at once, never the same', async () => {
        using generator = operation('rng', name, Buffer.alloc(0));
        const [one, two] = [await generator.recv(1000, wait), generator.recvSync(128)];
        assert.deepEqual([one.length, two.length], [128, 128]);
        assert.notDeepEqual(one, two);
      });

      // Only a kernel built with CONFIG_CRYPTO_USER_API_RNG_CAVP lets a program set the entropy. Debian's is
      // not.
      test('mixes kernel entropy into the same seed, and does not accept ours', async () => {
        const seed = randomBytes(32);
        using one = operation('rng', name, seed);
        using two = operation('rng', name, seed);
        assert.notDeepEqual(await one.recv(64, wait), await two.recv(64, wait));
        using socket = openAlgorithm('rng', name);
        assert.throws(() => socket.setOption(alg.setDrbgEntropy, randomBytes(32)), {
          name: 'UnsupportedError',
          message: /ALG_SET_DRBG_ENTROPY.*CONFIG_CRYPTO_USER_API_RNG_CAVP/,
        });
      });
    });
  }
});
