import type { Subject } from '../subject.js';

export const system: Subject = {
  name: 'system',
  constants: 'src/families/system/constants.ts',
  layout: 'src/families/system/layout.ts',
  platform: 'darwin',
  headers: {
    darwin: ['sys/socket.h', 'sys/ioctl.h', 'sys/sys_domain.h', 'sys/kern_control.h', 'net/if_utun.h'],
    freebsd: [],
  },
  groups: [
    {
      about: 'The family for communication between processes and kernel extensions.',
      family: 'system',
      names: `
        AF_SYSTEM: The family for communication between processes and kernel extensions.
        PF_SYSTEM: The same number as AF_SYSTEM.`,
    },
    {
      about: 'A protocol of AF_SYSTEM.',
      kind: 'protocol and level',
      except: 'AF_SYS_CONTROL',
      names: `
        SYSPROTO_CONTROL: Kernel controls.
        SYSPROTO_EVENT: Kernel events.
        AF_SYS_CONTROL: The type of a kernel control address.`,
    },
    {
      about: 'A constant of kernel controls.',
      names: `
        CTLIOCGINFO: ioctl: return the ID of a kernel control by its name.
        CTLIOCGCOUNT MAX_KCTL_NAME`,
    },
    {
      about: 'An option of the control that creates utun interfaces; the level is SYSPROTO_CONTROL.',
      kind: 'option',
      names: `
        UTUN_OPT_FLAGS: A mask of UTUN_FLAGS_ constants.
        UTUN_OPT_IFNAME: The name of the interface.`,
    },
    {
      about: 'A bit of UTUN_OPT_FLAGS.',
      names: 'UTUN_FLAGS_NO_OUTPUT UTUN_FLAGS_NO_INPUT UTUN_FLAGS_ENABLE_PROC_UUID',
    },
  ],
  strings: [
    {
      name: 'UTUN_CONTROL_NAME',
      about: 'The name of the control that creates utun interfaces. `net/if_utun.h`',
      value: 'com.apple.net.utun_control',
    },
  ],
  structs: [
    {
      name: 'sockaddr_ctl',
      about: 'an address of a kernel control.',
      fields: 'sc_len sc_family ss_sysaddr sc_id sc_unit AF_SYSTEM=@AF_SYSTEM AF_SYS_CONTROL=@AF_SYS_CONTROL',
    },
    { name: 'ctl_info', about: 'the argument of CTLIOCGINFO.', fields: 'ctl_id ctl_name+' },
  ],
};
