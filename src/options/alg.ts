/** Options of AF_ALG sockets (the kernel’s cryptography), level SOL_ALG. Documentation/crypto/userspace-if.rst. */
import { SOL_ALG } from '../constants/socket.js';
import { checkInteger } from '../errors/argument.js';
import * as constants from '../families/alg/constants.js';
import { bytes } from '../layout/bytes.js';
import type { Codec } from '../layout/codec.js';
import { int } from '../layout/numbers.js';
import { defineLevel } from './level.js';
import type { WriteOnlyOption } from './option.js';

const alg = defineLevel({
  constants,
  level: SOL_ALG,
  families: ['alg'],
  man: 'Documentation/crypto/userspace-if.rst',
});

/** The key. Set it on the bound socket, before accept(). */
export const setKey: WriteOnlyOption<Uint8Array, 'alg'> = alg.writeOnly('ALG_SET_KEY', bytes(65536));

/** The value is passed as the length of the buffer. The kernel ignores the bytes. */
const lengthAlone: Codec<unknown, number> = {
  type: 'bytes',
  size: 0,
  encode: (value, argument) => new Uint8Array(checkInteger(value, argument, 0, 64)),
  decode: () => undefined,
};

/** The length of the authentication tag that authenticated encryption adds, in bytes. */
export const setAeadAuthsize: WriteOnlyOption<number, 'alg'> = alg.writeOnly(
  'ALG_SET_AEAD_AUTHSIZE',
  lengthAlone,
);

/** The entropy that a random number generator starts from, for tests. */
export const setDrbgEntropy: WriteOnlyOption<Uint8Array, 'alg'> = alg.writeOnly(
  'ALG_SET_DRBG_ENTROPY',
  bytes(256),
  {
    since: '5.10',
    needs: 'CAP_SYS_ADMIN',
    requires: 'needs a random number generator, and a kernel with CONFIG_CRYPTO_USER_API_RNG_CAVP',
  },
);

/** The key, as a serial number in the kernel’s keyrings. */
export const setKeyByKeySerial: WriteOnlyOption<number, 'alg'> = alg.writeOnly(
  'ALG_SET_KEY_BY_KEY_SERIAL',
  int,
  {
    since: '6.2',
  },
);
