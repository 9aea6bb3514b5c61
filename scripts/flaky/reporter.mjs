// A reporter of node:test: one line of JSON for each test that failed, without the suites around it.
import { failureOf, linesOf } from '../failures.mjs';

export default async function* report(source) {
  for await (const event of source) {
    const failure = failureOf(event);
    if (failure === undefined) continue;
    const { file, name, error } = failure;
    yield `${JSON.stringify({ file, name, error: linesOf(error, 3).join(' / ') })}\n`;
  }
}
