/** What a caller passed, as an error shows it. Never throws, whatever the value is. */
import { inspect } from 'node:util';

/** `Received type number (7)`, `Received an instance of Map`, `Received null`. The wording is that of Node.js. */
export function received(value: unknown): string {
  try {
    return `Received ${describe(value)}`;
  } catch {
    // A revoked proxy, or an object that throws when it is looked at.
    return `Received ${typeof value === 'function' ? 'a function' : 'an object'} that cannot be inspected`;
  }
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'function') return value.name === '' ? 'a function' : `function ${value.name}`;
  if (typeof value === 'object') {
    const name = value.constructor?.name;
    return name ? `an instance of ${name}` : inspect(value, { depth: -1 });
  }
  return `type ${typeof value} (${shortened(inspect(value, { colors: false }), 28)})`;
}

/** The value itself, at most `most` characters of it. */
export function shown(value: unknown, most = 128): string {
  try {
    return shortened(inspect(value), most);
  } catch {
    return typeof value === 'function' ? 'a function' : 'an object';
  }
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 3)}...` : text;
}
