/** The journal’s native protocol: https://systemd.io/JOURNAL_NATIVE_PROTOCOL. */
import { checkObject, invalidType, invalidValue, isRevoked } from '../errors/argument.js';
import { toBytes } from '../layout/memory.js';

/** A value of a field. Numbers are written in decimal. */
export type JournalValue = string | number | bigint | Uint8Array;

/**
 * The fields of an entry. A field with an array has several values. Well-known fields are described in
 * systemd.journal-fields(7): `MESSAGE`, `PRIORITY` (0 emergency to 7 debug), `MESSAGE_ID`, `SYSLOG_IDENTIFIER`, …
 */
export interface JournalFields {
  readonly [name: string]: JournalValue | readonly JournalValue[] | undefined;
}

/**
 * The names that journald accepts from a client: those with a leading underscore are its own, and it drops others
 * without a word (src/libsystemd/sd-journal/journal-file.c, journal_field_valid).
 */
const NAME = /^[A-Z][A-Z0-9_]{0,63}$/;

const NEWLINE = Buffer.from('\n');

function bytesOf(value: unknown, argument: string): Uint8Array {
  if (typeof value === 'number' || typeof value === 'bigint') return Buffer.from(String(value));
  if (typeof value === 'string') return Buffer.from(value);
  if (!ArrayBuffer.isView(value))
    throw invalidType(argument, 'of type string, number or bigint or an instance of Uint8Array', value);
  return toBytes(value, argument);
}

/** Returns a field. A value with a line break is written with its length (64 bits, little endian). */
function encodeField(name: string, value: Uint8Array): Uint8Array[] {
  if (!value.includes(NEWLINE[0]!)) return [Buffer.from(`${name}=`), value, NEWLINE];
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(value.length));
  return [Buffer.from(`${name}\n`), length, value, NEWLINE];
}

/** Returns the bytes of an entry. */
export function encodeEntry(fields: JournalFields): Buffer {
  const parts: Uint8Array[] = [];
  for (const [name, given] of Object.entries(checkObject(fields, 'fields'))) {
    if (given === undefined) continue;
    if (!NAME.test(name))
      throw invalidValue(
        'fields',
        `has a name that is not A-Z, 0-9 and _, at most 64, from a letter on`,
        name,
      );
    const values = !isRevoked(given) && Array.isArray(given) ? given : [given];
    for (const value of values) parts.push(...encodeField(name, bytesOf(value, `fields.${name}`)));
  }
  if (parts.length === 0) throw invalidValue('fields', 'must have a field', fields);
  return Buffer.concat(parts);
}
