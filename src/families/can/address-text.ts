/** CAN addresses as text: `can:vcan0`, `can:vcan0:isotp:1856:1864`, `can:vcan0:j1939:0:59904:32`. */
import { joinFields, numberFields, splitFields } from '../../layout/text-fields.js';
import type { AnyCanAddress, CanAddressInput } from './address.js';
import { J1939_NO_ADDR, J1939_NO_PGN } from './constants.js';

export function formatCan(address: CanAddressInput): string {
  if ('rxId' in address) return joinFields('can', address.interface, 'isotp', address.rxId, address.txId);
  if ('name' in address || 'pgn' in address || 'address' in address) {
    const { name = 0n, pgn = J1939_NO_PGN, address: node = J1939_NO_ADDR } = address;
    return joinFields('can', address.interface, 'j1939', name, pgn, node);
  }
  return joinFields('can', address.interface);
}

export function parseCan(text: string): AnyCanAddress | undefined {
  const [name, protocol, ...rest] = splitFields(text, 'can', 1, 4, 5) ?? [];
  if (name === undefined) return undefined;
  if (protocol === undefined) return Object.freeze({ family: 'can', interface: name });
  if (protocol === 'isotp' && rest.length === 2) {
    const ids = numberFields(rest, 0xffffffff);
    return ids && Object.freeze({ family: 'can', interface: name, rxId: ids[0]!, txId: ids[1]! });
  }
  if (protocol !== 'j1939' || !/^\d{1,20}$/.test(rest[0] ?? '')) return undefined;
  const [node, numbers] = [BigInt(rest[0]!), numberFields(rest.slice(1), 0xffffffff)];
  if (numbers?.length !== 2 || node > 0xffffffffffffffffn || numbers[1]! > 0xff) return undefined;
  return Object.freeze({
    family: 'can',
    interface: name,
    name: node,
    pgn: numbers[0]!,
    address: numbers[1]!,
  });
}
