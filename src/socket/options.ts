import type { FamilyName } from '../address/address.js';
import { binding, shared } from '../binding.js';
import { assertPresent } from '../constants/absent.js';
import { checkInteger, invalidType } from '../errors/argument.js';
import { ENOPROTOOPT } from '../errors/codes.js';
import { socketError } from '../errors/errors.js';
import { type Bytes, toBytes } from '../layout/memory.js';
import { Moded } from './mode.js';

const INT_MIN = -0x80000000;
const INT_MAX = 0x7fffffff;
const UINT_MAX = 0xffffffff;
/** No option of any kernel is longer; the limit only keeps a slip from asking for gigabytes. */
const LONGEST_OPTION = 1 << 20;

/** Socket options, raw: a level, a name, an integer or bytes. */
export abstract class Optioned<F extends FamilyName> extends Moded<F> {
  /**
   * Reads a socket option.
   *
   * @param level a `SOL_` or `IPPROTO_` constant
   * @param name the option: `SO_RCVBUF`, `TCP_NODELAY`, …
   * @returns the integer that the kernel returned
   * @throws SocketError `ENOPROTOOPT` if there is no such option at that level, `EBADF` if the socket is closed
   * @throws UnsupportedError if this platform lacks the constant
   * @see getsockopt(2)
   */
  getsockopt(level: number, name: number): number;
  /**
   * @param size how many bytes to make room for
   * @returns the bytes that the kernel returned, which may be fewer
   */
  getsockopt(level: number, name: number, size: number): Buffer;
  getsockopt(level: number, name: number, size?: number): number | Buffer {
    checkOption(level, name);
    if (size === undefined) {
      const result = binding.getsockoptInt(this.fd, level, name);
      if (result < 0) throw optionError(result, 'getsockopt', level, name);
      return shared.words[0]!;
    }
    checkInteger(size, 'size', 0, LONGEST_OPTION);
    const value = Buffer.alloc(size);
    const result = binding.getsockopt(this.fd, level, name, value);
    if (result < 0) throw optionError(result, 'getsockopt', level, name);
    return value.subarray(0, result);
  }

  /**
   * Sets a socket option.
   *
   * @param level a `SOL_` or `IPPROTO_` constant
   * @param name the option: `SO_REUSEADDR`, `TCP_NODELAY`, …
   * @param value an integer (booleans count as 1 and 0), or the bytes of the structure that the option takes
   * @throws TypeError or RangeError if `value` is neither, or does not fit in a C `int`
   * @throws SocketError `ENOPROTOOPT` if there is no such option at that level, `EBADF` if the socket is closed
   * @throws UnsupportedError if this platform lacks the constant
   * @see setsockopt(2)
   */
  setsockopt(level: number, name: number, value: number | boolean | Bytes): void;
  /** With `null` the kernel gets no value but a length, as some options (`ALG_SET_AEAD_AUTHSIZE`) want it. */
  setsockopt(level: number, name: number, value: null, length: number): void;
  setsockopt(level: number, name: number, value: number | boolean | Bytes | null, length?: number): void {
    checkOption(level, name);
    const result = this.#set(level, name, value, length);
    if (result < 0) throw optionError(result, 'setsockopt', level, name);
  }

  #set(
    level: number,
    name: number,
    value: number | boolean | Bytes | null,
    length: number | undefined,
  ): number {
    if (value === null) {
      return binding.setsockopt(this.fd, level, name, null, checkInteger(length, 'length', 0, INT_MAX));
    }
    if (length !== undefined) throw invalidType('value', 'null where a length is given', value);
    if (typeof value === 'boolean') return binding.setsockoptInt(this.fd, level, name, value ? 1 : 0);
    if (typeof value === 'number') {
      // Marks and masks are unsigned in C: the upper half is taken as the same 32 bits.
      return binding.setsockoptInt(this.fd, level, name, checkInteger(value, 'value', INT_MIN, UINT_MAX) | 0);
    }
    if (typeof value === 'string') throw invalidType('value', 'an integer, bytes or null', value);
    const bytes = toBytes(value, 'value');
    return binding.setsockopt(this.fd, level, name, bytes, bytes.length);
  }
}

function checkOption(level: number, name: number): void {
  assertPresent(level, 'level');
  assertPresent(name, 'name');
  checkInteger(level, 'level', INT_MIN, INT_MAX);
  checkInteger(name, 'name', INT_MIN, UINT_MAX);
}

function optionError(errno: number, syscall: string, level: number, name: number): Error {
  const hint = errno === ENOPROTOOPT ? `no option ${name} at level ${level} for this socket` : undefined;
  return socketError(errno, { syscall, hint });
}
