// The failures among the events of node:test.
import { relative } from 'node:path';

/**
 * Returns the file, line, name and error of a test that failed; `undefined` for every other event, for a suite that failed
 * because of its tests, and for a test that is allowed to fail.
 */
export function failureOf({ type, data }) {
  if (type !== 'test:fail' || data.todo || data.skip) return undefined;
  const { error } = data.details;
  if (error?.failureType === 'subtestsFailed') return undefined;
  const file = data.file === undefined ? '' : relative(process.cwd(), data.file);
  return { file, line: data.line, name: data.name, error: error?.cause ?? error };
}

/** Returns the first `count` lines of an error's message that are not empty. */
export const linesOf = (error, count) =>
  `${error?.message ?? error}`
    .split('\n')
    .filter(line => line.trim() !== '')
    .slice(0, count);
