/** docs/python.md contains every name of the specification, and its statements about our names are true. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as berkeley from 'berkeley';
import { Socket } from 'berkeley';
import { codeSpans, read, rowsOf } from './pages.js';

const PAGE = 'docs/python.md';
const rows = rowsOf(PAGE).filter(cells => cells.length === 3);

/** Converts `socket.getaddrinfo(host, …)` to the name `socket.getaddrinfo`. */
const nameOf = (code: string) => code.replace(/\(.*$/s, '');

function members(): Set<string> {
  const names = new Set<string>();
  using socket = new Socket();
  for (let object: object = socket; object !== Object.prototype; object = Object.getPrototypeOf(object)) {
    for (const name of Object.getOwnPropertyNames(object)) names.add(name);
  }
  return names;
}

const memberNames = members();
const exported = Object.keys(berkeley);

/**
 * Whether a name of ours exists, in the page's notation: `.recv`, `Socket.adopt`, `new Socket`, `AF_INET`,
 * `SO_*`.
 */
function exists(code: string): boolean {
  const name = nameOf(code);
  if (name.startsWith('.')) return memberNames.has(name.slice(1));
  if (name.startsWith('Socket.')) return name.slice('Socket.'.length) in Socket;
  if (name.endsWith('*')) return exported.some(other => other.startsWith(name.slice(0, -1)));
  return exported.includes(name.replace(/^new /, ''));
}

test('every name of the specification is on the page', () => {
  const lines = read('docs/python-names.txt').split('\n');
  const words = lines
    .slice(lines.findIndex(line => line.startsWith('# words of the text')) + 1)
    .filter(Boolean);
  const names = lines.slice(0, -words.length - 2).filter(line => line !== '' && !line.startsWith('#'));
  assert.ok(names.length > 180 && words.length > 10, 'the list is whole');

  const known = new Set(rows.flatMap(([python]) => codeSpans(python!)).map(nameOf));
  assert.deepEqual(
    names.filter(name => !known.has(name)),
    [],
  );
  const text = read(PAGE);
  assert.deepEqual(
    words.filter(word => !text.includes(word)),
    [],
  );
});

test('every name of ours exists, except those marked as planned', () => {
  assert.ok(rows.length > 100);
  for (const [python, ours] of rows) {
    const isPlanned = /\bplanned\b/.test(ours!);
    for (const code of codeSpans(ours!)) {
      assert.equal(exists(code), !isPlanned, `${python}: ${code} is ${isPlanned ? '' : 'not '}there`);
    }
  }
});

test('every row has a name of ours, or is marked as planned', () => {
  for (const [python, ours] of rows) assert.ok(codeSpans(ours!).length > 0, `${python}: ${ours}`);
});
