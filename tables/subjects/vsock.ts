import type { Subject } from '../subject.js';

export const vsock: Subject = {
  name: 'vsock',
  constants: 'src/families/vsock/constants.ts',
  layout: 'src/families/vsock/layout.ts',
  headers: {
    linux: ['sys/socket.h', 'sys/ioctl.h', 'linux/vm_sockets.h'],
    darwin: ['sys/socket.h', 'sys/ioctl.h', 'sys/vsock.h'],
  },
  groups: [
    {
      about: 'The family between virtual machines and their hosts.',
      man: 'vsock(7)',
      family: 'vsock',
      names: `
        AF_VSOCK: The family between virtual machines and their hosts.
        PF_VSOCK: The same number as AF_VSOCK.`,
    },
    {
      about: 'A special context id or port.',
      man: 'vsock(7)',
      names: `
        VMADDR_CID_ANY: Any context id of this machine, for bind().
        VMADDR_PORT_ANY: Any port, for bind().
        VMADDR_CID_HYPERVISOR: Services of the hypervisor; reserved.
        VMADDR_CID_LOCAL: This machine itself.
        VMADDR_CID_HOST: The host.
        VMADDR_CID_RESERVED: The same number as VMADDR_CID_LOCAL, of old headers.
        VMADDR_FLAG_TO_HOST: In an address: go to the host, even where nested.
        VM_SOCKETS_INVALID_VERSION: No version, of VMware’s own interface.
        IOCTL_VM_SOCKETS_GET_LOCAL_CID: ioctl: the context id of this machine.`,
    },
    {
      about: 'A socket option of level AF_VSOCK.',
      kind: 'option',
      except: 'VSOCK_RECVERR',
      man: 'vsock(7)',
      names: `
        SO_VM_SOCKETS_BUFFER_SIZE: The buffer’s size in bytes, a 64-bit number.
        SO_VM_SOCKETS_BUFFER_MIN_SIZE: The least buffer size, a 64-bit number.
        SO_VM_SOCKETS_BUFFER_MAX_SIZE: The greatest buffer size, a 64-bit number.
        SO_VM_SOCKETS_PEER_HOST_VM_ID: The virtual machine of the peer; VMware alone.
        SO_VM_SOCKETS_TRUSTED: Whether the socket is trusted; VMware alone.
        SO_VM_SOCKETS_CONNECT_TIMEOUT: How long connect() tries.
        SO_VM_SOCKETS_CONNECT_TIMEOUT_OLD: SO_VM_SOCKETS_CONNECT_TIMEOUT with the C library’s own timeval.
        SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW: SO_VM_SOCKETS_CONNECT_TIMEOUT with 64 bits of seconds on every architecture.
        SO_VM_SOCKETS_NONBLOCK_TXRX: Without effect.
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
