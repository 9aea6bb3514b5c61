/** The table of differences between kernels, per family. */
import type { Face } from '../../support/face.js';
import { inWine, isLinuxSince } from '../../support/kernel.js';
import { bluetooth } from './bluetooth.js';
import { can } from './can.js';
import type { Difference } from './difference.js';
import { internet } from './internet.js';
import { messages } from './messages.js';
import { tipc } from './tipc.js';
import { vsock } from './vsock.js';
import { windows } from './windows.js';

/** All differences. */
export const differences: readonly Difference[] = [
  ...[internet, vsock, tipc, messages, can, bluetooth, windows].flat(),
];

function isHere(on: Difference['on']): boolean {
  if (on === 'wine') return inWine;
  return on === undefined ? process.platform !== 'win32' : process.platform === on;
}

/** The difference between a row and the behaviour of that name, or `undefined` if there is none. */
export function differenceOf(row: string, behaviour: string, form: Face['name']): Difference | undefined {
  return differences.find(
    ({ rows, behaviours, face, until, on }) =>
      isHere(on) &&
      row.startsWith(rows) &&
      (face === undefined || face === form) &&
      behaviours.some(name => behaviour.startsWith(name)) &&
      (until === undefined || !isLinuxSince(until)),
  );
}
