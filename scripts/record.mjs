// A reporter of node:test that writes what became of each test, a line of JSON each, for `npm run proof` (reference/proof).
// The first line says where and when, the last that the run came to its end.
import { mkdirSync } from 'node:fs';
import { release, version } from 'node:os';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = 'build/results';

/** The flags of node --test for the usual reporter, and for this one, which writes a new file into build/results. */
export function recorded(reporter) {
  mkdirSync(`${root}${folder}`, { recursive: true });
  const file = `${folder}/${new Date().toISOString().replaceAll(':', '-')}.jsonl`;
  return [
    ...[`--test-reporter=${reporter}`, '--test-reporter-destination=stdout'],
    ...['--test-reporter=./scripts/record.mjs', `--test-reporter-destination=${file}`],
  ];
}

/** Debian's kernels say their whole version only in uname's other field. */
function kernel() {
  const [, debian] = /Debian (\d[\d.]*)/.exec(version()) ?? [];
  return debian ?? /^[\d.]*\d/.exec(release())[0];
}

/** The source of a compiled file. */
function sourceOf(file) {
  return relative(root, file)
    .replace(/^build\//, '')
    .replace(/^dist\//, 'src/')
    .replace(/\.js$/, '.ts');
}

function statusOf(type, { skip, details }) {
  if (skip !== undefined) return { status: 'skipped', reason: String(skip) };
  // A suite passes when its tests do, which say so themselves; it can fail on its own.
  if (details?.type === 'suite' && type === 'test:pass') return undefined;
  return { status: type === 'test:pass' ? 'passed' : 'failed' };
}

export default async function* record(events) {
  const run = {
    time: new Date().toISOString(),
    where: process.env.BERKELEY_VM === '1' ? 'guest' : 'here',
    kernel: kernel(),
    debian: /Debian/.test(version()),
    node: process.versions.node,
  };
  yield `${JSON.stringify(run)}\n`;
  const names = [];
  for await (const { type, data } of events) {
    if (type === 'test:start') names.splice(data.nesting, names.length, data.name);
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const status = statusOf(type, data);
    if (status === undefined || data.file === undefined) continue;
    const name = [...names.slice(0, data.nesting), data.name].join(' › ');
    yield `${JSON.stringify({ file: sourceOf(data.file), name, ...status })}\n`;
  }
  yield `${JSON.stringify({ end: true })}\n`;
}
