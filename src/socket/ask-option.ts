/** getsockopt(2) for values of any length, and what its failures are told as. */
import type { FamilyName } from '../address/address.js';
import { typeLabel } from '../address/labels.js';
import { binding } from '../binding.js';
import { EINVAL, ERANGE } from '../errors/codes.js';
import {
  PermissionError,
  type SocketError,
  socketError,
  socketErrorOf,
  UnsupportedError,
} from '../errors/errors.js';
import type { OptionCodec, OptionFacts, ReadableOption } from '../options/option.js';
import type { Handle } from './handle.js';

/** No option of any kernel is longer. */
const LONGEST = 1 << 20;

type AnySocket = Pick<Handle<FamilyName>, 'fd' | 'type'>;

/** The bytes that the kernel answers, all of them: where the room is too small it is asked again with more. */
export function askOption<F extends FamilyName>(
  socket: AnySocket,
  option: ReadableOption<unknown, F>,
): Buffer {
  if (option.read.passing === 'exact') return askExactly(socket, option);
  let size = option.read.size;
  for (;;) {
    const room = roomFor(option.read, size);
    const result = binding.getsockopt(socket.fd, option.level, option.option, room);
    const isShort = result === ERANGE || result > size;
    if (isShort && size < LONGEST) {
      size = Math.min(LONGEST, Math.max(result, size * 2, 64));
      continue;
    }
    if (result < 0) throw optionError(result, 'getsockopt', option, socket);
    return checkFit(option, room.subarray(0, result), result);
  }
}

/**
 * For an option that wants to be asked with its value's exact length, and answers EINVAL to more: the longest room that
 * it takes, found by halving.
 */
function askExactly(socket: AnySocket, option: ReadableOption<unknown, never>): Buffer {
  const room = Buffer.alloc(option.read.size);
  const ask = (length: number) =>
    binding.getsockopt(socket.fd, option.level, option.option, room.subarray(0, length));
  let [fits, tooLong] = [0, room.length + 1];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    const result = ask(middle);
    if (result < 0 && result !== EINVAL) throw optionError(result, 'getsockopt', option, socket);
    if (result < 0) tooLong = middle;
    else fits = middle;
  }
  const result = ask(fits);
  if (result < 0) throw optionError(result, 'getsockopt', option, socket);
  return checkFit(option, room.subarray(0, result), result);
}

function roomFor({ parameter }: OptionCodec<unknown, never>, size: number): Buffer {
  const room = Buffer.alloc(Math.max(size, parameter?.length ?? 0));
  if (parameter !== undefined) room.set(parameter);
  return room;
}

/** An answer of a length that makes no sense is an error, never a value with its end missing. */
function checkFit(option: ReadableOption<unknown, never>, answer: Buffer, length: number): Buffer {
  const { read, name } = option;
  if (read.fits?.(length) ?? length === read.size) return answer;
  const message = `getsockopt ${name}: the kernel answered ${length} bytes where ${read.size} were expected`;
  throw socketErrorOf('EPROTO', { syscall: 'getsockopt', message });
}

/** What sockets say of options they do not have, beside ENOPROTOOPT; 524 leaks from the kernel's own numbering. */
const unsupported: Readonly<Record<string, string>> = { ENOTSUP: 'ENOTSUP', E524: 'ENOTSUPP' };

/** The error with the option's name, and what the row says that it takes. */
export function optionError(
  errno: number,
  syscall: string,
  option: OptionFacts,
  socket: AnySocket,
): SocketError {
  const plain = socketError(errno, { syscall });
  const code = unsupported[plain.code];
  const isUnsupported = code !== undefined || plain instanceof UnsupportedError;
  const parts =
    plain instanceof PermissionError
      ? [option.needs === undefined ? undefined : `needs ${option.needs}`]
      : [...(isUnsupported ? missing(option, socket.type) : []), option.requires];
  const reasons = parts.filter(part => part !== undefined).join(', ');
  const hint = reasons === '' || plain.code === 'EBADF' ? option.name : `${option.name}: ${reasons}`;
  if (code !== undefined) return new UnsupportedError(errno, { syscall, hint }, code);
  return socketError(errno, { syscall, hint });
}

/** What may be the reason that a socket does not have an option. */
function missing({ since, types }: OptionFacts, type: number): (string | undefined)[] {
  const isOther = types !== undefined && !types.includes(type);
  return [
    isOther ? `an option of ${types.map(typeLabel).join(' and ')} sockets` : undefined,
    since === undefined ? undefined : `since Linux ${since}`,
  ];
}
