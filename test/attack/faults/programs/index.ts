/** All programs. */
import type { Program } from '../stage.js';
import { data } from './data.js';
import { filePrograms } from './files.js';
import { messages } from './messages.js';
import { names } from './names.js';
import { opening } from './opening.js';
import { selecting } from './select.js';

/** Every program, by its name. */
export const programs: readonly Program[] = [
  ...opening,
  ...data,
  ...messages,
  ...filePrograms,
  ...selecting,
  ...names,
];
