/** Line endings: recognizes them when reading, and converts them when writing. */
import { EOL } from 'node:os';
import { invalidValue } from '../../errors/argument.js';

/**
 * The line endings of a text file:
 *
 * - `null`: `\n`, `\r` and `\r\n` end a line and are read as `\n`. `\n` is written as the line ending of the system.
 * - `''`: the same three end a line, and no text is changed.
 * - Any other value: only this ends a line, and it is read unchanged. `\n` is written as this value.
 */
export type Newline = null | '' | '\n' | '\r' | '\r\n';

export function checkNewline(newline: unknown): Newline {
  const allowed: readonly unknown[] = [null, '', '\n', '\r', '\r\n'];
  if (allowed.includes(newline)) return newline as Newline;
  throw invalidValue('options.newline', "must be null, '', '\\n', '\\r' or '\\r\\n'", newline);
}

/** Returns a function that converts text before it is written. */
export function translateOut(newline: Newline): (text: string) => string {
  const end = newline === null ? EOL : newline;
  return end === '' || end === '\n' ? text => text : text => text.replaceAll('\n', end);
}

/**
 * Returns a function that converts text as it is read, piece by piece. If `\r\n` is one line ending, a `\r` at the
 * end of a piece waits for the next piece.
 */
export function translateIn(newline: Newline): (text: string, last: boolean) => string {
  if (newline !== null && newline !== '') return text => text;
  let held = '';
  return (text, last) => {
    const all = held + text;
    held = !last && all.endsWith('\r') ? '\r' : '';
    const whole = held === '' ? all : all.slice(0, -1);
    return newline === null ? whole.replace(/\r\n?/g, '\n') : whole;
  };
}

/** Returns a function that returns the length of a text’s first line with its ending; -1 if it has no ending. */
export function lineEnd(newline: Newline): (text: string) => number {
  if (newline === '') {
    return text => {
      const found = /\r\n|\n|\r/.exec(text);
      return found === null ? -1 : found.index + found[0].length;
    };
  }
  const end = newline ?? '\n';
  return text => {
    const at = text.indexOf(end);
    return at < 0 ? -1 : at + end.length;
  };
}
