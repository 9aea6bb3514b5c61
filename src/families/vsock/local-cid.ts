import { closeSync, openSync } from 'node:fs';
import { binding } from '../../binding.js';
import { checked, socketErrorOf } from '../../errors/errors.js';
import { littleEndian, viewOf } from '../../layout/view.js';
import { deviceAdvice } from './advice.js';
import { IOCTL_VM_SOCKETS_GET_LOCAL_CID } from './constants.js';

const DEVICE = '/dev/vsock';

function openDevice(): number {
  try {
    return openSync(DEVICE, 'r');
  } catch (error) {
    const { code = 'ENOENT' } = error as NodeJS.ErrnoException;
    throw socketErrorOf(code, { syscall: 'open', address: DEVICE, hint: deviceAdvice(code) });
  }
}

/**
 * Returns the context ID of this machine. For a guest it is the number by which the host identifies it. A host has
 * `VMADDR_CID_HOST`. A machine without a hypervisor and guests has `VMADDR_CID_LOCAL` or `VMADDR_CID_ANY`.
 *
 * @throws SocketError `ENOENT` without /dev/vsock (modprobe vsock), `EACCES` without permission to read it
 * @see vsock(7)
 */
export function getLocalCid(): number {
  const fd = openDevice();
  try {
    const memory = new Uint8Array(4);
    checked(binding.ioctl(fd, IOCTL_VM_SOCKETS_GET_LOCAL_CID, memory), 'ioctl');
    return viewOf(memory).getUint32(0, littleEndian);
  } finally {
    closeSync(fd);
  }
}
