import { checkAddress } from '../../address/registry.js';
import { checkInteger, checkText, invalidType, invalidValue } from '../../errors/argument.js';
import { joinFields, numberField, splitFields } from '../../layout/text-fields.js';
import { viewOf } from '../../layout/view.js';
import { ctl_info, sockaddr_ctl } from './layout.js';

interface OfUnit {
  /** The address family. */
  readonly family: 'system';
  /** The instance of the control; 0 lets the control choose. */
  readonly unit: number;
}

/**
 * A kernel control with its number, as returned by the kernel.
 *
 * @experimental
 */
export interface SystemControlAddress extends OfUnit {
  /** The number that the kernel assigned to the control. It changes at each start of the system. */
  readonly id: number;
}

/**
 * A kernel control with its name. The kernel returns its number.
 *
 * @experimental
 */
export interface SystemNameAddress extends OfUnit {
  /** The name of the control, such as `UTUN_CONTROL_NAME`; at most 95 bytes. */
  readonly name: string;
}

/**
 * An address of AF_SYSTEM. Calls return the number; only parsed text can have a name.
 *
 * @experimental
 */
export type SystemAddress = SystemControlAddress | SystemNameAddress;

/**
 * An address of AF_SYSTEM, as accepted by all calls: a control by number or by name.
 *
 * @experimental
 */
export type SystemAddressInput = SystemControlInput | SystemNameInput;

/**
 * {@link SystemControlAddress} as an argument.
 *
 * @experimental
 */
export interface SystemControlInput extends OptionalUnit {
  /** The number of the control. */
  readonly id: number;
}

/**
 * {@link SystemNameAddress} as an argument.
 *
 * @experimental
 */
export interface SystemNameInput extends OptionalUnit {
  /** The name of the control, at most 95 bytes. */
  readonly name: string;
}

interface OptionalUnit {
  /** Optional; the default is the family of the socket. */
  readonly family?: 'system' | undefined;
  /** The instance of the control; 0, the default, lets the control choose. */
  readonly unit?: number | undefined;
}

declare module '../../address/address.js' {
  interface Families {
    system: { address: SystemAddress; input: SystemAddressInput };
  }
}

const MOST = 0xffffffff;
const LONGEST_NAME = ctl_info.ctl_name_size - 1;

/** Checks an address, except whether its control exists. */
export function checkSystem(address: SystemAddressInput): SystemAddressInput {
  const input = checkAddress<'system'>(address, 'system');
  checkInteger(input.unit ?? 0, 'address.unit', 0, MOST);
  if ('name' in input) {
    const name = checkText(input.name, 'address.name');
    if (!isName(name)) throw invalidValue('address.name', `must have 1 to ${LONGEST_NAME} bytes`, name);
  } else if ('id' in input) checkInteger(input.id, 'address.id', 0, MOST);
  else throw invalidType('address', 'an object with id or name', address);
  return input;
}

function isName(name: string): boolean {
  const length = Buffer.byteLength(name);
  return length > 0 && length <= LONGEST_NAME && !name.includes('\0');
}

/**
 * Encodes struct sockaddr_ctl, sys/kern_control.h. Only macOS has the family, so the numbers are those of macOS on
 * every platform.
 */
export function encodeSystem(address: SystemAddressInput): Uint8Array {
  const input = checkSystem(address);
  if (!('id' in input)) throw invalidValue('address.name', 'must be resolved to an id here', input.name);
  const bytes = new Uint8Array(sockaddr_ctl.size);
  const view = viewOf(bytes);
  bytes[sockaddr_ctl.sc_len] = sockaddr_ctl.size;
  bytes[sockaddr_ctl.sc_family] = sockaddr_ctl.AF_SYSTEM;
  view.setUint16(sockaddr_ctl.ss_sysaddr, sockaddr_ctl.AF_SYS_CONTROL, true);
  view.setUint32(sockaddr_ctl.sc_id, input.id, true);
  view.setUint32(sockaddr_ctl.sc_unit, input.unit ?? 0, true);
  return bytes;
}

export function decodeSystem(bytes: Uint8Array, length: number): SystemControlAddress | undefined {
  if (length < sockaddr_ctl.sc_unit + 4) return undefined;
  const view = viewOf(bytes, length);
  if (view.getUint16(sockaddr_ctl.ss_sysaddr, true) !== sockaddr_ctl.AF_SYS_CONTROL) return undefined;
  const [id, unit] = [view.getUint32(sockaddr_ctl.sc_id, true), view.getUint32(sockaddr_ctl.sc_unit, true)];
  return Object.freeze({ family: 'system', id, unit });
}

/**
 * Formats an address: `system:5:0` is number and unit, `system:name:com.apple.net.utun_control:0` is name and unit.
 */
export function formatSystem(address: SystemAddressInput): string {
  const { unit = 0 } = address;
  return 'name' in address
    ? joinFields('system', 'name', address.name, unit)
    : joinFields('system', address.id, unit);
}

export function parseSystem(text: string): SystemAddress | undefined {
  const fields = splitFields(text, 'system', 2, 3) ?? [];
  const unit = numberField(fields.at(-1), MOST);
  if (unit === undefined) return undefined;
  if (fields.length === 3) {
    const name = fields[1]!;
    return fields[0] === 'name' && isName(name) ? Object.freeze({ family: 'system', name, unit }) : undefined;
  }
  const id = numberField(fields[0], MOST);
  return id === undefined ? undefined : Object.freeze({ family: 'system', id, unit });
}
