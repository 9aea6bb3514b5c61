// The failures among the events of node:test.
import { relative } from 'node:path';

/**
 * What failed, if the event tells of a failure of the test itself: where, its name and its error. A suite that failed
 * because a test in it failed is none, nor is a test that is allowed to fail.
 */
export function failureOf({ type, data }) {
  if (type !== 'test:fail' || data.todo || data.skip) return undefined;
  const { error } = data.details;
  if (error?.failureType === 'subtestsFailed') return undefined;
  const file = data.file === undefined ? '' : relative(process.cwd(), data.file);
  return { file, line: data.line, name: data.name, error: error?.cause ?? error };
}

/** The message of an error, at most `count` lines that say something. */
export const linesOf = (error, count) =>
  `${error?.message ?? error}`
    .split('\n')
    .filter(line => line.trim() !== '')
    .slice(0, count);
