import type { Room } from '../room.js';

export const hyperv: Room = {
  name: 'hyperv',
  constants: 'src/families/hyperv/constants.ts',
  headers: { win32: ['winsock2.h', 'hvsocket.h'] },
  groups: [
    {
      about: 'The family between Windows hosts and their virtual machines.',
      family: 'hyperv',
      names: `
        AF_HYPERV: The family between Windows hosts and their virtual machines.
        PF_HYPERV=AF_HYPERV: The same number as AF_HYPERV.`,
    },
    {
      about: 'A protocol or socket option of AF_HYPERV; the options’ level is HV_PROTOCOL_RAW.',
      names: `
        HV_PROTOCOL_RAW: The protocol, and the level of options.
        HVSOCKET_CONNECT_TIMEOUT: How long connect() tries, in milliseconds.
        HVSOCKET_CONNECT_TIMEOUT_MAX: The most that HVSOCKET_CONNECT_TIMEOUT takes.
        HVSOCKET_CONTAINER_PASSTHRU HVSOCKET_CONNECTED_SUSPEND HVSOCKET_ADDRESS_FLAG_PASSTHRU`,
    },
  ],
  strings: [
    {
      name: 'HV_GUID_ZERO',
      about: 'No machine: for bind(), any. `hvsocket.h`',
      value: '00000000-0000-0000-0000-000000000000',
    },
    {
      name: 'HV_GUID_WILDCARD',
      about: 'Any machine; the same as HV_GUID_ZERO. `hvsocket.h`',
      value: '00000000-0000-0000-0000-000000000000',
    },
    {
      name: 'HV_GUID_BROADCAST',
      about: 'Every machine. `hvsocket.h`',
      value: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
    },
    {
      name: 'HV_GUID_CHILDREN',
      about: 'Any child partition. `hvsocket.h`',
      value: '90db8b89-0d35-4f79-8ce9-49ea0ac8b7cd',
    },
    {
      name: 'HV_GUID_LOOPBACK',
      about: 'This partition itself. `hvsocket.h`',
      value: 'e0e16197-dd56-4a10-9195-5ee7a155a838',
    },
    {
      name: 'HV_GUID_PARENT',
      about: 'The parent partition. `hvsocket.h`',
      value: 'a42e7cda-d03f-480c-9cc2-a4de20abb878',
    },
    {
      name: 'HV_GUID_SILOHOST',
      about: 'The host of this silo. `hvsocket.h`',
      value: '36bd0c5c-7276-4223-88ba-7d03b654c568',
    },
    {
      name: 'HV_GUID_VSOCK_TEMPLATE',
      about: 'The service ids of Linux’s vsock ports: the first eight digits are the port. `hvsocket.h`',
      value: '00000000-facb-11e6-bd58-64006a7986d3',
    },
  ],
};
