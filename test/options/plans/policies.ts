/** IPsec policies that permit everything, in the format of the options. */
import type { Refusal } from '../plan.js';

/**
 * A `struct xfrm_userpolicy_info` (linux/xfrm.h) for incoming packets, without templates: all zeros except
 * the family of its selector.
 */
export function xfrmPolicy(family: number): Uint8Array {
  const policy = new Uint16Array(168 / 2);
  policy[40 / 2] = family;
  return new Uint8Array(policy.buffer);
}

/**
 * A `struct sadb_x_policy` (linux/pfkeyv2.h): two words of 64 bits, SADB_X_EXT_POLICY, IPSEC_POLICY_NONE,
 * inbound.
 */
export const ipsecPolicy: Uint8Array = new Uint8Array([
  ...new Uint8Array(Uint16Array.of(2, 18, 2).buffer),
  ...[1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
]);

const absent: Refusal = {
  code: ['ENOTSUP', 'EINVAL'],
  why: 'the kernel has no module for it',
  perhaps: true,
};

/** Kernels without xfrm_user or af_key. */
export const withoutXfrm = { udp4: absent, tcp4: absent, udp6: absent, tcp6: absent };
