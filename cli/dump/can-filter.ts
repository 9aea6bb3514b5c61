/** The filters of candump(1): `123:7FF` takes what matches, `123~7FF` takes the rest. */
import { CAN_EFF_FLAG, CAN_INV_FILTER } from 'berkeley/constants';
import type { canRaw } from 'berkeley/options';
import { Mistake } from '../failure.js';

/** Parses a filter. Eight digits of the identifier mean 29 bits. */
export function parseCanFilter(text: string): canRaw.CanFilter {
  const match = /^([0-9a-f]{1,8})([:~])([0-9a-f]{1,8})$/i.exec(text);
  if (match === null)
    throw new Mistake(`filter '${text}': expected hexadecimal id:mask or id~mask, such as 123:7FF`);
  const [id, mask] = [match[1]!, match[3]!].map(digits => Number.parseInt(digits, 16)) as [number, number];
  const flags = (match[1]!.length === 8 ? CAN_EFF_FLAG : 0) | (match[2] === '~' ? CAN_INV_FILTER : 0);
  return { id: (id | flags) >>> 0, mask };
}
