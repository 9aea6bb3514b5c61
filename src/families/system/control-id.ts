import { littleEndian } from '../../address/byte-order.js';
import { binding } from '../../binding.js';
import { assertPresent } from '../../constants/absent.js';
import { SOCK_DGRAM } from '../../constants/socket.js';
import { checked } from '../../errors/errors.js';
import type { SystemAddressInput } from './address.js';
import { checkSystem } from './address.js';
import { AF_SYSTEM, CTLIOCGINFO, SYSPROTO_CONTROL } from './constants.js';
import { ctl_info } from './layout.js';

/** The address with its control's name replaced by the number that the kernel gave it. CTLIOCGINFO, sys/kern_control.h. */
export function withControlId(address: SystemAddressInput): SystemAddressInput {
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
  return new DataView(memory.buffer, memory.byteOffset).getUint32(ctl_info.ctl_id, littleEndian);
}
