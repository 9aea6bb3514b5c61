/** The ends of lines: what counts as one when reading, and what one becomes when written. */
import { EOL } from 'node:os';
import { invalidValue } from '../../errors/argument.js';

/**
 * How lines end. `null`: on reading `\n`, `\r` and `\r\n` all end a line and are given as `\n`; on writing `\n` becomes
 * the system's own. `''`: the same three end a line, and nothing is changed. Any other: only that ends a line, and
 * nothing is changed on reading; on writing `\n` becomes it.
 */
export type Newline = null | '' | '\n' | '\r' | '\r\n';

export function checkNewline(newline: unknown): Newline {
  const allowed: readonly unknown[] = [null, '', '\n', '\r', '\r\n'];
  if (allowed.includes(newline)) return newline as Newline;
  throw invalidValue('options.newline', "must be null, '', '\\n', '\\r' or '\\r\\n'", newline);
}

/** What text becomes when it is written. */
export function translateOut(newline: Newline): (text: string) => string {
  const end = newline === null ? EOL : newline;
  return end === '' || end === '\n' ? text => text : text => text.replaceAll('\n', end);
}

/**
 * What text becomes as it is read, piece by piece. Where `\r\n` is one end of a line, a `\r` at the end of a piece waits
 * to see what comes.
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

/** Where the first line of a text ends, its end included; -1 if it does not. */
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
