// A reporter of node:test: one line of JSON for each test that failed, without the suites around it.
import { relative } from 'node:path';

/** The first line that says something. */
function firstLine(error) {
  const cause = error?.cause ?? error;
  return `${cause?.message ?? cause}`.split('\n').filter(Boolean).slice(0, 3).join(' / ');
}

export default async function* report(source) {
  for await (const { type, data } of source) {
    if (type !== 'test:fail') continue;
    const { error } = data.details;
    if (error?.failureType === 'subtestsFailed' || data.todo || data.skip) continue;
    const file = data.file === undefined ? '' : relative(process.cwd(), data.file);
    yield `${JSON.stringify({ file, name: data.name, error: firstLine(error) })}\n`;
  }
}
