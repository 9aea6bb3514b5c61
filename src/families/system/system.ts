/** AF_SYSTEM: sockets between processes and kernel controls of macOS. sys/kern_control.h. */
import type { FamilyDriver } from '../../address/driver.js';
import { binding } from '../../binding.js';
import { assertPresent } from '../../constants/absent.js';
import { SOCK_DGRAM } from '../../constants/socket.js';
import { checked } from '../../errors/errors.js';
import { u32 } from '../../layout/record.js';
import { viewOf } from '../../layout/view.js';
import {
  checkSystem,
  decodeSystem,
  encodeSystem,
  formatSystem,
  parseSystem,
  type SystemAddressInput,
} from './address.js';
import { AF_SYSTEM, CTLIOCGINFO, SYSPROTO_CONTROL } from './constants.js';
import { ctl_info } from './layout.js';

/** Replaces the name of a control by the number that the kernel returns for it. CTLIOCGINFO, sys/kern_control.h. */
function withControlId(address: SystemAddressInput): SystemAddressInput {
  const input = checkSystem(address);
  return 'name' in input ? { id: controlId(input.name), unit: input.unit } : input;
}

function controlId(name: string): number {
  assertPresent(AF_SYSTEM, 'address.family');
  const memory = Buffer.alloc(ctl_info.size);
  memory.write(name, ctl_info.ctl_name);
  const fd = checked(binding.socket(AF_SYSTEM, SOCK_DGRAM, SYSPROTO_CONTROL), 'socket');
  try {
    checked(binding.ioctl(fd, CTLIOCGINFO, memory), 'ioctl', name);
  } finally {
    binding.close(fd);
  }
  return u32(ctl_info.ctl_id).read(viewOf(memory));
}

import { adviceFrom } from '../../errors/advice-table.js';

export const system: FamilyDriver<'system'> = {
  name: 'system',
  number: AF_SYSTEM,
  advise: adviceFrom([{ calls: ['socket'], codes: ['EAFNOSUPPORT'], text: 'only macOS has AF_SYSTEM' }]),
  encode: encodeSystem,
  decode: decodeSystem,
  format: formatSystem,
  parse: parseSystem,
  describe: address => ({ address: formatSystem(address) }),
  // The system call never waits, so both forms call it directly.
  resolve: async address => withControlId(address),
  resolveSync: withControlId,
  isResolved: address => !('name' in address),
  isPure: address => !('name' in address),
};
