/** Formats the value that a caller passed, for errors. It never throws, whatever the value is. */
import { inspect } from 'node:util';

/**
 * Returns `Received type number (7)`, `Received an instance of Map`, `Received null`. The format is that of Node.js.
 */
export function received(value: unknown): string {
  try {
    return `Received ${describe(value)}`;
  } catch {
    // This is a revoked proxy, or an object that throws when it is inspected.
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

/** Returns the value as text of at most `most` characters. */
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
