/** AF_VSOCK: sockets between a host and its virtual machines. vsock(7). */

import type { FamilyDriver } from '../../address/driver.js';
import { numericCodec } from '../../address/numeric.js';
import { checkInteger } from '../../errors/argument.js';
import { u32 } from '../../layout/record.js';
import { numberField } from '../../layout/text-fields.js';
import { adviseVsock } from './advice.js';
import {
  AF_VSOCK,
  SO_VM_SOCKETS_BUFFER_MAX_SIZE,
  SO_VM_SOCKETS_BUFFER_MIN_SIZE,
  SO_VM_SOCKETS_BUFFER_SIZE,
} from './constants.js';
import { sockaddr_vm } from './layout.js';

/** The address of a port of a host or a virtual machine, as returned by all calls. */
export interface VsockAddress {
  /** The address family. */
  readonly family: 'vsock';
  /**
   * The context ID of the machine: `VMADDR_CID_HOST` (2), `VMADDR_CID_LOCAL` (1), `VMADDR_CID_ANY`, or the number of a
   * guest.
   */
  readonly cid: number;
  /** The port, 32 bits; `VMADDR_PORT_ANY` lets the kernel choose. */
  readonly port: number;
  /** `VMADDR_FLAG_TO_HOST` routes to another guest through the host. Present only if it is set. Since Linux 5.11. */
  readonly flags?: number | undefined;
}

/** An address argument of a socket of this family. */
export type VsockAddressInput = Omit<VsockAddress, 'family'> & { readonly family?: 'vsock' | undefined };

declare module '../../address/address.js' {
  interface Families {
    vsock: { address: VsockAddress; input: VsockAddressInput };
  }
}

const codec = numericCodec('vsock', AF_VSOCK, sockaddr_vm.size, {
  cid: u32(sockaddr_vm.svm_cid),
  port: u32(sockaddr_vm.svm_port),
});

/** Adds flags to an address. They are rare, so an address and its text have them only if they are set. */
function withFlags(address: VsockAddress | undefined, flags: number | undefined): VsockAddress | undefined {
  return address === undefined || !flags ? address : Object.freeze({ ...address, flags });
}

/** Formats an address: `vsock:2:1024`, and the flags if they are set. */
function format(address: VsockAddressInput): string {
  const text = codec.format(address as VsockAddress);
  return address.flags ? `${text}:${address.flags}` : text;
}

/** net/vmw_vsock/af_vsock.c reads and writes these as u64, and returns EINVAL for an int. */
const WIDE_OPTIONS: readonly number[] = [
  SO_VM_SOCKETS_BUFFER_SIZE,
  SO_VM_SOCKETS_BUFFER_MIN_SIZE,
  SO_VM_SOCKETS_BUFFER_MAX_SIZE,
];

export const vsock: FamilyDriver<'vsock'> = {
  ...codec,
  advise: adviseVsock,
  hasErrorQueue: true,
  hasWideOption: (level, name) => level === AF_VSOCK && WIDE_OPTIONS.includes(name),
  encode(address) {
    const bytes = codec.encode(address);
    const { flags = 0 } = address;
    bytes[sockaddr_vm.svm_flags] = checkInteger(flags, 'address.flags', 0, 0xff);
    return bytes;
  },
  decode: (bytes, length) =>
    withFlags(codec.decode(bytes, length), length > sockaddr_vm.svm_flags ? bytes[sockaddr_vm.svm_flags] : 0),
  format,
  parse(text) {
    const [, numbers, last] = /^(vsock:\d+:\d+)(?::(\d+))?$/.exec(text) ?? [];
    const flags = last === undefined ? 0 : numberField(last, 0xff);
    return numbers === undefined || flags === undefined ? undefined : withFlags(codec.parse(numbers), flags);
  },
  describe: address => ({ address: format(address) }),
};
