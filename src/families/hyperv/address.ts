import { checkAddress } from '../../address/registry.js';
import { joinFields, splitFields } from '../../layout/text-fields.js';
import { canonicalGuid, checkGuid, readGuid, writeGuid } from './guid.js';
import { sockaddr_hv } from './layout.js';

/**
 * A service of a Hyper-V virtual machine, as returned by all calls.
 *
 * @experimental
 */
export interface HypervAddress {
  /** The address family. */
  readonly family: 'hyperv';
  /** The virtual machine, a lower-case GUID: `HV_GUID_PARENT` or another `HV_GUID_` constant, or the machine's own. */
  readonly vmId: string;
  /** The service, a lower-case GUID. `vsockServiceId` returns the one of a vsock port of a Linux guest. */
  readonly serviceId: string;
}

/**
 * An address argument of an AF_HYPERV socket. GUIDs can be in upper or lower case.
 *
 * @experimental
 */
export type HypervAddressInput = Omit<HypervAddress, 'family'> & { readonly family?: 'hyperv' | undefined };

declare module '../../address/address.js' {
  interface Families {
    hyperv: { address: HypervAddress; input: HypervAddressInput };
  }
}

/**
 * Encodes SOCKADDR_HV, hvsocket.h. Only Windows has the family, so the numbers are those of Windows on every platform.
 */
export function encodeHyperv(address: HypervAddressInput): Uint8Array {
  const input = checkAddress<'hyperv'>(address, 'hyperv');
  const bytes = Buffer.alloc(sockaddr_hv.size);
  bytes.writeUInt16LE(sockaddr_hv.AF_HYPERV, sockaddr_hv.Family);
  writeGuid(checkGuid(input.vmId, 'address.vmId'), bytes, sockaddr_hv.VmId);
  writeGuid(checkGuid(input.serviceId, 'address.serviceId'), bytes, sockaddr_hv.ServiceId);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

export function decodeHyperv(bytes: Uint8Array, length: number): HypervAddress | undefined {
  if (length < sockaddr_hv.size) return undefined;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, length);
  return make(readGuid(view, sockaddr_hv.VmId), readGuid(view, sockaddr_hv.ServiceId));
}

/** Formats an address: `hyperv:a42e7cda-…:00000404-…`, the machine and the service. */
export function formatHyperv({ vmId, serviceId }: HypervAddressInput): string {
  return joinFields('hyperv', vmId, serviceId);
}

export function parseHyperv(text: string): HypervAddress | undefined {
  const [vmId, serviceId] = splitFields(text, 'hyperv', 2)?.map(canonicalGuid) ?? [];
  return vmId === undefined || serviceId === undefined ? undefined : make(vmId, serviceId);
}

function make(vmId: string, serviceId: string): HypervAddress {
  return Object.freeze({ family: 'hyperv', vmId, serviceId });
}
