/** AF_VSOCK: a host and its virtual machines. vsock(7). */

import type { FamilyDriver } from '../../address/driver.js';
import { recordCodec } from '../../address/record.js';
import { defineFamily } from '../../address/registry.js';
import { numberField } from '../../address/text.js';
import { checkInteger } from '../../errors/argument.js';
import type { VsockAddress, VsockAddressInput } from './address.js';
import { adviseVsock } from './advice.js';
import { AF_VSOCK } from './constants.js';
import { sockaddr_vm } from './layout.js';

const codec = recordCodec('vsock', AF_VSOCK, sockaddr_vm.size, {
  cid: { offset: sockaddr_vm.svm_cid },
  port: { offset: sockaddr_vm.svm_port },
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

export const vsock: FamilyDriver<'vsock'> = defineFamily({
  ...codec,
  advise: adviseVsock,
  hasErrorQueue: true,
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
