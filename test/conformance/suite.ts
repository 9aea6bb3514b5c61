/** The whole suite: every behaviour, for every row that it applies to, in both faces. */
import { type Face, faces } from '../support/face.js';
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

const behaviours: readonly Behaviour[] = [
  ...[sending, receiving, waitingForAll, messages, urgent, ending],
  ...[names, accepting, connecting, options, descriptors, modes, iterating],
].flat();

/** One row in one face, and what it has to do. */
export interface Case {
  readonly name: string;
  readonly row: Row;
  readonly face: Face;
  readonly behaviours: readonly Behaviour[];
}

export const cases: readonly Case[] = rows.flatMap(row =>
  faces.map(face => ({
    name: `${row.name}, ${face.name}`,
    row,
    face,
    behaviours: behaviours.filter(
      behaviour =>
        (behaviour.when === undefined || behaviour.when(row)) &&
        (behaviour.face === undefined || behaviour.face === face.name),
    ),
  })),
);
