import type { Subject } from '../subject.js';

export const alg: Subject = {
  name: 'alg',
  constants: 'src/families/alg/constants.ts',
  layout: 'src/families/alg/layout.ts',
  headers: { linux: ['sys/socket.h', 'linux/if_alg.h'] },
  groups: [
    {
      about: 'The family of the kernel’s crypto API.',
      man: 'Documentation/crypto/userspace-if.rst',
      family: 'alg',
      names: `
        AF_ALG: The family of the kernel’s crypto API.
        PF_ALG: The same number as AF_ALG.`,
    },
    {
      about: 'A socket option or control message of level SOL_ALG.',
      kind: 'option',
      except: 'ALG_SET_IV ALG_SET_OP ALG_SET_AEAD_ASSOCLEN',
      man: 'Documentation/crypto/userspace-if.rst',
      names: `
        ALG_SET_KEY: Option: sets the key.
        ALG_SET_IV: Control message: the initialization vector (af_alg_iv).
        ALG_SET_OP: Control message: the operation, ALG_OP_ENCRYPT or ALG_OP_DECRYPT.
        ALG_SET_AEAD_ASSOCLEN: Control message: the length of the associated data, which is not encrypted.
        ALG_SET_AEAD_AUTHSIZE: Option: sets the size of the authentication tag.
        ALG_SET_DRBG_ENTROPY: Option: sets the entropy of a random generator, for tests.
        ALG_SET_KEY_BY_KEY_SERIAL: Option: sets a key of the kernel’s key ring by its serial number.`,
    },
    {
      about: 'A value of ALG_SET_OP.',
      man: 'Documentation/crypto/userspace-if.rst',
      names: `
        ALG_OP_DECRYPT: Decrypt the data.
        ALG_OP_ENCRYPT: Encrypt the data.`,
    },
    {
      about: 'A constant for public keys. Python has it; no released kernel supports it.',
      kind: 'option',
      only: 'ALG_SET_PUBKEY',
      names: 'ALG_SET_PUBKEY ALG_OP_SIGN ALG_OP_VERIFY',
    },
  ],
  structs: [
    {
      name: 'sockaddr_alg',
      about: 'an algorithm.',
      fields: 'salg_family salg_type+ salg_feat salg_mask salg_name+',
    },
    {
      name: 'sockaddr_alg_new',
      about: 'an algorithm with a name of more than 64 bytes.',
      fields: 'salg_family salg_type+ salg_feat salg_mask salg_name',
    },
    { name: 'af_alg_iv', about: 'the control message ALG_SET_IV; the vector follows.', fields: 'ivlen iv' },
  ],
};
