/**
 * Writes to docs/net.md which statements hold on Bun and Deno with their own `node:net` and with `berkeley/net`, from a run:
 * `npm run runtimes`, then `node build/test/net/write-runtimes.js`.
 */

import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';
import { root } from '../../tables/root.js';
import { type Runtime, runtimes } from '../support/runtimes.js';
import { resultsOn } from './on-runtimes.js';

const page = join(root, 'docs/net.md');
const [START, END] = [
  '<!-- runtimes: written by build/test/net/write-runtimes.js -->\n',
  '<!-- end of runtimes -->\n',
];

/** The result of statements about options of the socket, where the runtime does not give access to its descriptor. */
const isHidden = (result: unknown): boolean => /^failed: .* that has a descriptor/.test(String(result));

interface Column {
  readonly name: string;
  /** The statements whose results differ from those of `node:net` on Node.js. */
  readonly missing: Set<string>;
  readonly row: string;
}

async function versionOf({ name, command }: Runtime): Promise<string> {
  const { stdout } = await promisify(execFile)(command, ['--version']);
  return `${name} ${/\d+\.\d+\.\d+/.exec(stdout)![0]}`;
}

async function columnOf(runtime: Runtime, node: object, ours: object): Promise<Column> {
  const name = await versionOf(runtime);
  const theirs = resultsOn(runtime, 'node:net');
  const hidden = new Set(Object.keys(theirs).filter(key => isHidden(theirs[key])));
  const differ = (results: Record<string, unknown>, expected: object): string[] =>
    Object.entries(expected).flatMap(([key, value]) => (isDeepStrictEqual(results[key], value) ? [] : [key]));
  const missing = new Set(differ(theirs, node).filter(key => !hidden.has(key)));
  const total = Object.keys(node).length;
  const own = `${total - hidden.size - missing.size} of ${total - hidden.size}`;
  const here = `${total - differ(resultsOn(runtime, 'berkeley/net'), ours).length} of ${total}`;
  return { name, missing, row: `| ${name} | ${own} | ${here} |\n` };
}

function table(columns: readonly Column[], statements: readonly string[]): string {
  const rows = statements.filter(key => columns.some(({ missing }) => missing.has(key)));
  const cells = (key: string): string =>
    columns.map(({ missing }) => (missing.has(key) ? ' different |' : ' |')).join('');
  return [
    `\n| | its own \`node:net\` | \`berkeley/net\` |\n|---|---|---|\n`,
    ...columns.map(({ row }) => row),
    '\nThe statements whose result differs from that of Node.js with the module of the runtime, and not with `berkeley/net`:\n',
    `\n| |${columns.map(({ name }) => ` ${name} |`).join('')}\n|---|${'---|'.repeat(columns.length)}\n`,
    ...rows.map(key => `| ${key.replaceAll('|', '\\|')} |${cells(key)}\n`),
    '\n',
  ].join('');
}

const others = runtimes.filter(({ command, skip }) => command !== process.execPath && skip === false);
if (others.length === 0) throw new Error('no other runtime is installed: npm run runtimes');
const onNode = { command: process.execPath, args: [], env: {} };
const [node, ours] = [resultsOn(onNode, 'node:net'), resultsOn(onNode, 'berkeley/net')];
const columns: Column[] = [];
for (const runtime of others) columns.push(await columnOf(runtime, node, ours));
const text = readFileSync(page, 'utf8');
const [start, end] = [text.indexOf(START) + START.length, text.indexOf(END)];
if (start < START.length || end < 0) throw new Error(`${page} has no place for the table`);
writeFileSync(page, text.slice(0, start) + table(columns, Object.keys(node)) + text.slice(end));
