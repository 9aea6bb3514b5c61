import type { Room } from '../room.js';

export const system: Room = {
  name: 'system',
  constants: 'src/families/system/constants.ts',
  headers: {
    darwin: ['sys/socket.h', 'sys/ioctl.h', 'sys/sys_domain.h', 'sys/kern_control.h', 'net/if_utun.h'],
  },
  groups: [
    {
      about: 'The family between processes and kernel extensions.',
      family: 'system',
      names: `
        AF_SYSTEM: The family between processes and kernel extensions.
        PF_SYSTEM: The same number as AF_SYSTEM.`,
    },
    {
      about: 'A protocol of AF_SYSTEM.',
      names: `
        SYSPROTO_CONTROL: Kernel controls.
        SYSPROTO_EVENT: Kernel events.
        AF_SYS_CONTROL: The kind of an address of a kernel control.`,
    },
    {
      about: 'Of kernel controls.',
      names: `
        CTLIOCGINFO: ioctl: the id of a kernel control, by name.
        CTLIOCGCOUNT MAX_KCTL_NAME UTUN_OPT_FLAGS UTUN_OPT_IFNAME`,
    },
  ],
};
