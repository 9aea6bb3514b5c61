/** AF_VSOCK: a host and its virtual machines. vsock(7). */
import { recordCodec } from '../../address/record.js';
import { defineFamily, type Room } from '../../address/registry.js';
import './address.js';
import { AF_VSOCK } from './constants.js';
import { sockaddr_vm } from './layout.js';

export const vsock: Room<'vsock'> = defineFamily({
  ...recordCodec('vsock', AF_VSOCK, sockaddr_vm.size, {
    cid: { offset: sockaddr_vm.svm_cid },
    port: { offset: sockaddr_vm.svm_port },
  }),
  hint: 'modprobe vsock vsock_loopback',
  hasErrorQueue: true,
});
