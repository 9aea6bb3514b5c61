/** The whole suite: every behaviour, for every row that it applies to, in both faces. */
import { type Face, faces } from '../support/face.js';
import { inGuest } from '../support/kernel.js';
import { type Row, rows } from '../support/rows.js';
import type { Behaviour } from './behaviour.js';
import { accepting } from './behaviours/accepting.js';
import { connecting } from './behaviours/connecting.js';
import { descriptors } from './behaviours/descriptors.js';
import { ending } from './behaviours/ending.js';
import { iterating } from './behaviours/iterating.js';
import { messages } from './behaviours/messages.js';
import { modes } from './behaviours/modes.js';
import { names } from './behaviours/names.js';
import { options } from './behaviours/options.js';
import { receiving } from './behaviours/receiving.js';
import { sending } from './behaviours/sending.js';
import { urgent } from './behaviours/urgent.js';
import { waitingForAll } from './behaviours/waiting-for-all.js';
import { differenceOf } from './differences/index.js';
import { turned } from './differences/turned.js';
import { moreRows } from './more-rows.js';

export const behaviours: readonly Behaviour[] = [
  ...[sending, receiving, waitingForAll, messages, urgent, ending],
  ...[names, accepting, connecting, options, descriptors, modes, iterating],
].flat();

/** One row in one face, and its behaviours. */
export interface Case {
  readonly name: string;
  readonly row: Row;
  readonly face: Face;
  readonly behaviours: readonly Behaviour[];
}

/** Whether the behaviour applies to the row, without regard to differences. */
export function applies({ when, quiet }: Behaviour, row: Row): boolean {
  return (when === undefined || when(row)) && (quiet === true || !row.traits.has('frames'));
}

/** The behaviour of a row: the common one, or the one from the table of differences. */
function behavioursOf(row: Row, face: Face): readonly Behaviour[] {
  return behaviours.flatMap(behaviour => {
    if (!applies(behaviour, row) || (behaviour.face ?? face.name) !== face.name) return [];
    const difference = differenceOf(row.name, behaviour.name, face.name);
    return difference === undefined ? [behaviour] : turned(behaviour, difference, face);
  });
}

function casesOf(some: readonly Row[]): readonly Case[] {
  return some.flatMap(row =>
    faces.map(face => ({
      name: `${row.name}, ${face.name}`,
      row,
      face,
      behaviours: behavioursOf(row, face),
    })),
  );
}

/** The guest of vm/run.mjs runs only the rows that other kernels may lack. */
export const cases: readonly Case[] = casesOf(inGuest ? moreRows : [...rows, ...moreRows]);
