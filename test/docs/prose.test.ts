/** The documentation is in plain English, as far as a program can check: `npm run lint:prose`. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lint } from '../../prose/lint.js';
import { allTexts, commentsOf } from '../../prose/texts.js';

const messagesFor = (markdown: string): string[] =>
  lint({ file: 'page.md', line: 1, markdown }).map(({ line, message }) => `${line}: ${message}`);

describe('the check of prose', () => {
  for (const [sentence, found] of [
    ['There is room for ten bytes.', '“room”'],
    ['It blocks for ever.', '“for ever”'],
    ['It waits\nfor\never.', '“for ever”'],
    ['It waits not at all.', '“not at all”'],
    ['A method owes an end.', '“owes”'],
    ['An impatient call fails.', '“impatient”'],
    ['The process to whom it belongs.', '“whom”'],
    ['Where the peer knows it not.', '“knows it not”'],
    ['An option that the platform has not.', '“has not”'],
    ['Bytes a second.', '“Bytes a second”'],
    ['One callback a batch.', '“One callback a batch”'],
    ['It is no TCP socket.', '“is no TCP”'],
    ['The call may fail.', '“may fail”'],
    ['Of datagrams, the whole is received.', '“Of datagrams”'],
    ['The port; of a packet, its mark.', '“of a”'],
    ['The peer hears this.', '“hears”'],
    ['It closes the the socket.', 'repeated `the`'],
    ['It closes an socket.', 'article `an`'],
  ] as const) {
    test(`finds ${found} in: ${sentence.replaceAll('\n', ' ')}`, () => {
      const messages = messagesFor(sentence);
      assert.equal(messages.length, 1, messages.join('\n'));
      assert.ok(messages[0]!.includes(found), messages[0]);
    });
  }

  for (const sentence of [
    'Receives up to `size` bytes. A `room` is code.',
    'There is no TCP socket, and there is no longer one.',
    'What has not yet been sent, and has not begun.',
    'Of course, the socket opens a file per call.',
    'It may be omitted. It is not an error.',
    '```ts\nconst room = 1; // for ever\n```',
    '<!-- prose: off -->\n\n| a room | for ever |\n|---|---|\n| news | owes |\n\n<!-- prose: on -->',
  ]) {
    test(`finds nothing in: ${sentence.replaceAll('\n', ' ')}`, () =>
      assert.deepEqual(messagesFor(sentence), []));
  }

  test('reads headings and table cells, and reports the line', () => {
    const page = '# The room\n\n| a | b |\n|---|---|\n| news | c |\n\nPlain.\nOwed.\n';
    assert.deepEqual(
      messagesFor(page).map(message => message.replace(/:.*“(.*)”.*/s, ' $1')),
      ['1 room', '5 news', '8 Owed'],
    );
  });

  test('reads the documentation comments of every kind of declaration, and no others', () => {
    const source = [
      '/** Room one. */',
      'export interface A {',
      '  /**',
      '   * Summary.',
      '   * @param size - room two, see {@link room}',
      '   */',
      '  method(size: number): void;',
      '}',
      '// room',
      'export const b = {',
      '  /** Room three. */',
      '  c: `/** room */`,',
      '};',
    ].join('\n');
    const lines = commentsOf('a.ts', source).flatMap(lint);
    assert.deepEqual(
      lines.map(({ line }) => line),
      [1, 5, 11],
    );
  });

  test('reads the whole documentation', () => {
    const files = new Set(allTexts().map(({ file }) => file));
    assert.ok(files.size > 300);
    for (const file of ['README.md', 'docs/streams.md', 'src/families/can/README.md', 'src/index.ts'])
      assert.ok(files.has(file), file);
  });
});

test('the check finds nothing in the documentation', () => {
  const findings = allTexts().flatMap(lint);
  assert.equal(findings.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n'), '');
});
