/** AF_VSOCK: a host and its virtual machines. vsock(7). */

import type { FamilyDriver } from '../../address/driver.js';
import { numericCodec } from '../../address/numeric.js';
import { defineFamily } from '../../address/registry.js';
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

/** An address among a host and its virtual machines, as every call returns it. */
export interface VsockAddress {
  /** Tells it from the addresses of other families. */
  readonly family: 'vsock';
  /** The machine: `VMADDR_CID_HOST` (2), `VMADDR_CID_LOCAL` (1), `VMADDR_CID_ANY`, or a guest's number. */
  readonly cid: number;
  /** The port, 32 bits; `VMADDR_PORT_ANY` lets the kernel choose. */
  readonly port: number;
  /** `VMADDR_FLAG_TO_HOST`: by way of the host, to another of its guests; only where it is set. Since Linux 5.11. */
  readonly flags?: number | undefined;
}

/** The same, as every call takes it. */
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

/** Flags are rare, and stand in an address, and in its text, only where they are set. */
function withFlags(address: VsockAddress | undefined, flags: number | undefined): VsockAddress | undefined {
  return address === undefined || !flags ? address : Object.freeze({ ...address, flags });
}

/** `vsock:2:1024`, and the flags. */
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

export const vsock: FamilyDriver<'vsock'> = defineFamily({
  ...codec,
  advise: adviseVsock,
  hasErrorQueue: true,
  hasWideOption: (level, name) => level === AF_VSOCK && WIDE_OPTIONS.includes(name),
  encode(address) {
    const bytes = codec.encode(address);
    bytes[sockaddr_vm.svm_flags] = checkInteger(address.flags ?? 0, 'address.flags', 0, 0xff);
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
});
