/** The work of `berkeley ss`. */
import type { Context } from '../context.js';
import { DONE } from '../exit-code.js';
import type { SsOptions } from './command.js';
import { tableOf } from './format.js';
import { listEntries } from './list.js';

/** Runs `berkeley ss`. */
export async function ss(options: SsOptions, { output }: Context): Promise<number> {
  const entries = await listEntries(options);
  if (options.json) for (const entry of entries) output.json(entry);
  else for (const line of tableOf(entries)) output.line(line);
  return DONE;
}
