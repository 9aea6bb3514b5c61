/** Socket options: untyped, by level and name, and typed, by the options of `berkeley/options`. */
import type { FamilyName } from '../address/address.js';
import { familyLabel, typeLabel } from '../address/labels.js';
import { binding, shared } from '../binding.js';
import { assertPresent } from '../constants/absent.js';
import { protocolLabel } from '../constants/protocol-names.js';
import { SO_RCVTIMEO, SO_SNDTIMEO, SOL_SOCKET } from '../constants/socket.js';
import {
  checkArray,
  checkFunction,
  checkInteger,
  checkObject,
  invalidOption,
  invalidType,
  invalidValue,
} from '../errors/argument.js';
import { EINVAL, ENOPROTOOPT, ERANGE } from '../errors/codes.js';
import {
  PermissionError,
  type SocketError,
  socketError,
  socketErrorOf,
  UnsupportedError,
} from '../errors/errors.js';
import { type Bytes, checkUint8Array, toBytes } from '../layout/memory.js';
import type {
  OptionCodec,
  OptionFacts,
  OptionRow,
  ReadableOption,
  WritableOption,
} from '../options/option.js';
import type { AnyCore, Core } from './core.js';

const INT_MIN = -0x80000000;
const INT_MAX = 0x7fffffff;
const UINT_MAX = 0xffffffff;
/**
 * The maximum length of an option’s value. No kernel has a longer one; the limit keeps a mistake from allocating
 * gigabytes.
 */
const LONGEST = 1 << 20;

/** Calls getsockopt(2). Without `size`, the value is an integer. */
export function getRaw(core: AnyCore, level: number, name: number, size?: number): number | Buffer {
  checkOption(level, name);
  if (size === undefined) return getInteger(core, level, name);
  checkInteger(size, 'size', 0, LONGEST);
  const value = Buffer.alloc(size);
  const result = binding.getsockopt(core.fd, level, name, value);
  if (result < 0) throw rawError(result, 'getsockopt', level, name);
  return value.subarray(0, result);
}

function getInteger({ fd, driver }: AnyCore, level: number, name: number): number {
  if (driver.hasWideOption?.(level, name)) {
    const value = new BigUint64Array(1);
    const result = binding.getsockopt(fd, level, name, new Uint8Array(value.buffer));
    if (result < 0) throw rawError(result, 'getsockopt', level, name);
    return Number(value[0]!);
  }
  const result = binding.getsockoptInt(fd, level, name);
  if (result < 0) throw rawError(result, 'getsockopt', level, name);
  return shared.words[0]!;
}

/** Calls setsockopt(2). */
export function setRaw(
  core: AnyCore,
  level: number,
  name: number,
  value: number | boolean | Bytes | null,
  length?: number,
): void {
  checkOption(level, name);
  const result = set(core, level, name, value, length);
  if (result < 0) throw rawError(result, 'setsockopt', level, name);
  noteTimeout(core, level, name);
}

/**
 * Encodes the value and sets the option. The file descriptor is read after the encoding, which can run code of the
 * caller that closes the socket.
 */
function set(
  core: AnyCore,
  level: number,
  name: number,
  value: number | boolean | Bytes | null,
  length: number | undefined,
): number {
  if (value === null) {
    const size = checkInteger(length, 'length', 0, INT_MAX);
    return binding.setsockopt(core.fd, level, name, null, size);
  }
  if (length !== undefined) throw invalidType('value', 'null if a length is passed', value);
  if (typeof value === 'string') throw invalidType('value', 'an integer, bytes or null', value);
  if (typeof value === 'number' || typeof value === 'boolean')
    return setInteger(core, level, name, Number(value));
  const bytes = toBytes(value, 'value');
  return binding.setsockopt(core.fd, level, name, bytes, bytes.length);
}

function setInteger({ fd, driver }: AnyCore, level: number, name: number, value: number): number {
  if (driver.hasWideOption?.(level, name)) {
    const wide = BigUint64Array.of(BigInt(checkInteger(value, 'value', 0, Number.MAX_SAFE_INTEGER)));
    return binding.setsockopt(fd, level, name, new Uint8Array(wide.buffer), wide.byteLength);
  }
  // Marks and masks are unsigned in C, so values up to 2 ** 32 - 1 are accepted as the same 32 bits.
  return binding.setsockoptInt(fd, level, name, checkInteger(value, 'value', INT_MIN, UINT_MAX) | 0);
}

/** Records that the kernel might end the waits of Sync calls (clock.ts). */
function noteTimeout(core: AnyCore, level: number, name: number): void {
  if (level === SOL_SOCKET && (name === SO_RCVTIMEO || name === SO_SNDTIMEO))
    core.mightTimeOutInKernel = true;
}

function checkOption(level: number, name: number): void {
  assertPresent(level, 'level');
  assertPresent(name, 'name');
  checkInteger(level, 'level', INT_MIN, INT_MAX);
  checkInteger(name, 'name', INT_MIN, UINT_MAX);
}

function rawError(errno: number, syscall: string, level: number, name: number): Error {
  const hint = errno === ENOPROTOOPT ? `this socket has no option ${name} at level ${level}` : undefined;
  return socketError(errno, { syscall, hint });
}

/** Reads a typed option. */
export function getTyped<T, F extends FamilyName>(core: Core<F>, option: ReadableOption<T, F>): T {
  const row = checkRow(core, option, 'read', 'write-only');
  return row.read.decode(readOption(core, row));
}

/** Sets a typed option. */
export function setTyped<T, F extends FamilyName>(
  core: Core<F>,
  option: WritableOption<T, F>,
  value: T,
): void {
  const row = checkRow(core, option, 'write', 'read-only');
  const bytes = row.write.encode(value, 'value');
  const result = handOver(core, row, row.write.passing, bytes);
  if (result < 0) throw typedError(result, 'setsockopt', row, core);
  noteTimeout(core, row.level, row.option);
}

/** Checks an option for this socket. Returns a copy, so that the properties of the caller’s object are read once. */
function checkRow<Row extends OptionRow<never>>(
  core: AnyCore,
  option: Row,
  direction: 'read' | 'write',
  refusal: string,
): Row {
  const row = { ...(checkObject(option, 'option') as Row) };
  const { name, families, level, option: number } = row;
  if (typeof name !== 'string') throw invalidType('option', 'a row of berkeley/options', option);
  if (!(direction in row)) throw invalidValue('option', `is ${refusal}`, name);
  checkCodec(row, direction);
  assertPresent(number, 'option');
  assertPresent(level, 'option');
  checkInteger(level, 'option.level', INT_MIN, INT_MAX);
  checkInteger(number, 'option.option', INT_MIN, UINT_MAX);
  if (families !== undefined) checkArray(families, 'option.families');
  if (families === undefined || families.includes(core.driver.name)) return row;
  const valid = families.map(family => `AF_${family.toUpperCase()}`).join(' and ');
  throw invalidOption(name, `${valid} sockets`, familyLabel(core.family));
}

/** Checks the codec of an option that the program itself has created. */
function checkCodec(row: object, direction: 'read' | 'write'): void {
  const argument = `option.${direction}`;
  const codec = checkObject((row as Record<string, unknown>)[direction], argument) as OptionCodec<unknown>;
  if (direction === 'write') {
    checkFunction(codec.encode, `${argument}.encode`);
  } else {
    checkFunction(codec.decode, `${argument}.decode`);
    checkInteger(codec.size, `${argument}.size`, 0, LONGEST);
    if (codec.fits !== undefined) checkFunction(codec.fits, `${argument}.fits`);
    if (codec.parameter !== undefined) checkUint8Array(codec.parameter, `${argument}.parameter`);
    if (codec.uncounted !== undefined) checkInteger(codec.uncounted, `${argument}.uncounted`, 0, LONGEST);
  }
}

function handOver(
  core: AnyCore,
  { level, option }: OptionFacts,
  passing: OptionCodec<unknown, never>['passing'],
  bytes: Uint8Array,
): number {
  switch (passing) {
    case 'filter':
      return binding.setFilter(core.fd, level, option, bytes);
    case 'null':
      return binding.setsockopt(core.fd, level, option, null, 0);
    default: {
      const plain = toBytes(bytes, 'value');
      return binding.setsockopt(core.fd, level, option, plain, plain.length);
    }
  }
}

/** Returns the complete value of an option. If the buffer is too small, it asks again with a larger one. */
function readOption<F extends FamilyName>(core: AnyCore, option: ReadableOption<unknown, F>): Buffer {
  if (option.read.passing === 'exact') return readExactly(core, option);
  let { size, uncounted = 0 } = option.read;
  for (;;) {
    const space = spaceFor(option.read, size);
    const result = binding.getsockopt(core.fd, option.level, option.option, space);
    const length = result + uncounted;
    const isShort = result === ERANGE || (result > 0 && length > size);
    if (isShort && size < LONGEST) {
      size = Math.min(LONGEST, Math.max(length, size * 2, 64));
      continue;
    }
    if (result < 0) throw typedError(result, 'getsockopt', option, core);
    return checkFit(option, space.subarray(0, length), length);
  }
}

/**
 * Reads an option that must be read with the exact length of its value, and returns EINVAL for more. Finds the
 * largest accepted length by bisection.
 */
function readExactly(core: AnyCore, option: ReadableOption<unknown, never>): Buffer {
  const space = Buffer.alloc(option.read.size);
  const read = (length: number) =>
    binding.getsockopt(core.fd, option.level, option.option, space.subarray(0, length));
  let [fits, tooLong] = [0, space.length + 1];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    const result = read(middle);
    if (result < 0 && result !== EINVAL) throw typedError(result, 'getsockopt', option, core);
    if (result < 0) tooLong = middle;
    else fits = middle;
  }
  const result = read(fits);
  if (result < 0) throw typedError(result, 'getsockopt', option, core);
  return checkFit(option, space.subarray(0, result), result);
}

function spaceFor({ parameter }: OptionCodec<unknown, never>, size: number): Buffer {
  const space = Buffer.alloc(Math.max(size, parameter?.length ?? 0));
  if (parameter !== undefined) space.set(parameter);
  return space;
}

/** Checks the length of a value. An invalid length is an error: the value is never returned incomplete. */
function checkFit(option: ReadableOption<unknown, never>, answer: Buffer, length: number): Buffer {
  const { read, name } = option;
  if (read.fits?.(length) ?? length === read.size) return answer;
  const message = `getsockopt ${name}: the kernel returned ${length} bytes; ${read.size} were expected`;
  throw socketErrorOf('EPROTO', { syscall: 'getsockopt', message });
}

/**
 * The errors besides ENOPROTOOPT that sockets return for options they do not have. 524 is a number that only the
 * kernel uses.
 */
const unsupported: Readonly<Record<string, string>> = { ENOTSUP: 'ENOTSUP', E524: 'ENOTSUPP' };

/** Creates an error with the name and the requirements of the option. */
function typedError(errno: number, syscall: string, option: OptionFacts, core: AnyCore): SocketError {
  const plain = socketError(errno, { syscall });
  const code = unsupported[plain.code];
  const isUnsupported = code !== undefined || plain instanceof UnsupportedError;
  const parts =
    plain instanceof PermissionError
      ? [option.needs === undefined ? undefined : `needs ${option.needs}`]
      : [...(isUnsupported ? missing(option, core) : []), option.requires, option.reasons?.[plain.code]];
  const reasons = parts.filter(part => part !== undefined).join(', ');
  const hint = reasons === '' || plain.code === 'EBADF' ? option.name : `${option.name}: ${reasons}`;
  if (code !== undefined) return new UnsupportedError(errno, { syscall, hint }, code);
  return socketError(errno, { syscall, hint });
}

/** Returns the possible reason for which a socket does not have an option. */
function missing({ since, types, protocols }: OptionFacts, core: AnyCore): (string | undefined)[] {
  const { type, protocol, family } = core;
  const isOther = types !== undefined && !types.includes(type);
  // Protocol 0 is the default of the type.
  const isOtherProtocol = protocols !== undefined && protocol !== 0 && !protocols.includes(protocol);
  const names = protocols?.map(number => protocolLabel(number, family));
  return [
    isOther ? `only valid on ${types.map(typeLabel).join(' and ')} sockets` : undefined,
    isOtherProtocol ? `only valid with ${names?.join(' and ')}` : undefined,
    since === undefined ? undefined : `since Linux ${since}`,
  ];
}
