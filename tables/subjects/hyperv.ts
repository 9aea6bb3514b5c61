import type { Subject } from '../subject.js';

export const hyperv: Subject = {
  name: 'hyperv',
  constants: 'src/families/hyperv/constants.ts',
  layout: 'src/families/hyperv/layout.ts',
  platform: 'win32',
  headers: { win32: ['winsock2.h', 'hvsocket.h'] },
  groups: [
    {
      about: 'The family for communication between Windows hosts and their virtual machines.',
      family: 'hyperv',
      names: `
        AF_HYPERV: The family for communication between Windows hosts and their virtual machines.
        PF_HYPERV=AF_HYPERV: The same number as AF_HYPERV.`,
    },
    {
      about: 'The protocol of AF_HYPERV.',
      kind: 'protocol and level',
      names: 'HV_PROTOCOL_RAW: The protocol, and the level of options.',
    },
    {
      about: 'A socket option of level HV_PROTOCOL_RAW, or a value of one.',
      kind: 'option',
      except: 'HVSOCKET_CONNECT_TIMEOUT_MAX HVSOCKET_ADDRESS_FLAG_PASSTHRU',
      names: `
        HVSOCKET_CONNECT_TIMEOUT: The timeout of connect(), in milliseconds.
        HVSOCKET_CONNECT_TIMEOUT_MAX: The maximum value of HVSOCKET_CONNECT_TIMEOUT.
        HVSOCKET_CONTAINER_PASSTHRU HVSOCKET_CONNECTED_SUSPEND HVSOCKET_ADDRESS_FLAG_PASSTHRU`,
    },
  ],
  structs: [
    {
      name: 'sockaddr_hv',
      type: 'SOCKADDR_HV',
      about: 'a Hyper-V address.',
      fields: 'Family Reserved VmId+ ServiceId AF_HYPERV=@AF_HYPERV',
    },
  ],
  guids: {
    headers: {
      win32: ['winsock2.h', 'initguid.h', 'hvsocket.h'],
    },
    names: `
      HV_GUID_ZERO: No machine: for bind(), any. \`hvsocket.h\`
      HV_GUID_WILDCARD=HV_GUID_ZERO: Any machine; the same as HV_GUID_ZERO. \`hvsocket.h\`
      HV_GUID_BROADCAST: Every machine. \`hvsocket.h\`
      HV_GUID_CHILDREN: Any child partition. \`hvsocket.h\`
      HV_GUID_LOOPBACK: This partition itself. \`hvsocket.h\`
      HV_GUID_PARENT: The parent partition. \`hvsocket.h\`
      HV_GUID_SILOHOST: The host of this silo. \`hvsocket.h\`
      HV_GUID_VSOCK_TEMPLATE: The service ids of Linux’s vsock ports: the first eight digits are the port. \`hvsocket.h\``,
  },
};
