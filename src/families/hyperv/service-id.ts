import { checkInteger } from '../../errors/argument.js';
import { HV_GUID_VSOCK_TEMPLATE } from './constants.js';

/**
 * The service id by which a Windows host meets a vsock port of a Linux guest: the port in the first eight digits of
 * `HV_GUID_VSOCK_TEMPLATE`.
 *
 * @param port the vsock port, 32 bits. Linux listens on those below 2 ** 31 (net/vmw_vsock/hyperv_transport.c).
 * @throws RangeError if it is none
 * @see hvsocket.h
 */
export function vsockServiceId(port: number): string {
  checkInteger(port, 'port', 0, 0xffffffff);
  return port.toString(16).padStart(8, '0') + HV_GUID_VSOCK_TEMPLATE.slice(8);
}
