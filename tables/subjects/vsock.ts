import type { Subject } from '../subject.js';

export const vsock: Subject = {
  name: 'vsock',
  constants: 'src/families/vsock/constants.ts',
  layout: 'src/families/vsock/layout.ts',
  headers: {
    linux: ['sys/socket.h', 'sys/ioctl.h', 'linux/vm_sockets.h'],
    darwin: ['sys/socket.h', 'sys/ioctl.h', 'sys/vsock.h'],
    freebsd: [],
  },
  groups: [
    {
      about: 'The family for communication between virtual machines and their hosts.',
      man: 'vsock(7)',
      family: 'vsock',
      names: `
        AF_VSOCK: The family for communication between virtual machines and their hosts.
        PF_VSOCK: The same number as AF_VSOCK.`,
    },
    {
      about: 'A special context ID or port.',
      man: 'vsock(7)',
      names: `
        VMADDR_CID_ANY: Any context ID of this machine, for bind().
        VMADDR_PORT_ANY: Any port, for bind().
        VMADDR_CID_HYPERVISOR: Services of the hypervisor; reserved.
        VMADDR_CID_LOCAL: This machine (loopback).
        VMADDR_CID_HOST: The host.
        VMADDR_CID_RESERVED: The same number as VMADDR_CID_LOCAL, of old headers.
        VMADDR_FLAG_TO_HOST: Address flag: route the connection through the host, even from a nested guest.
        VM_SOCKETS_INVALID_VERSION: An invalid version, in VMware’s interface.
        IOCTL_VM_SOCKETS_GET_LOCAL_CID: ioctl: return the context ID of this machine.`,
    },
    {
      about: 'A socket option of level AF_VSOCK.',
      kind: 'option',
      except: 'VSOCK_RECVERR',
      man: 'vsock(7)',
      names: `
        SO_VM_SOCKETS_BUFFER_SIZE: The size of the buffer in bytes, a 64-bit number.
        SO_VM_SOCKETS_BUFFER_MIN_SIZE: The minimum buffer size, a 64-bit number.
        SO_VM_SOCKETS_BUFFER_MAX_SIZE: The maximum buffer size, a 64-bit number.
        SO_VM_SOCKETS_PEER_HOST_VM_ID: The virtual machine of the peer; only on VMware.
        SO_VM_SOCKETS_TRUSTED: Whether the socket is trusted; only on VMware.
        SO_VM_SOCKETS_CONNECT_TIMEOUT: The timeout of connect().
        SO_VM_SOCKETS_CONNECT_TIMEOUT_OLD: SO_VM_SOCKETS_CONNECT_TIMEOUT with the timeval of the C library.
        SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW: SO_VM_SOCKETS_CONNECT_TIMEOUT with 64 bits of seconds on every architecture.
        SO_VM_SOCKETS_NONBLOCK_TXRX: Has no effect.
        VSOCK_RECVERR: Control message of level SOL_VSOCK: an item of the error queue.`,
    },
  ],
  structs: [
    {
      name: 'sockaddr_vm',
      about: 'a vsock address.',
      fields: 'svm_family svm_reserved1 svm_port svm_cid svm_flags',
    },
  ],
};
