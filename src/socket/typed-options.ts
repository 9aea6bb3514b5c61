import type { FamilyName } from '../address/address.js';
import { binding } from '../binding.js';
import { assertPresent } from '../constants/absent.js';
import { checkObject, invalidValue } from '../errors/argument.js';
import {
  type ErrorContext,
  PermissionError,
  SocketError,
  socketError,
  UnsupportedError,
} from '../errors/errors.js';
import type { OptionFacts, OptionRow, ReadableOption, WritableOption } from '../options/option.js';
import { Optioned } from './options.js';

/** Socket options, typed: rows of `berkeley/options`. */
export abstract class TypedOptioned<F extends FamilyName> extends Optioned<F> {
  /**
   * Reads an option.
   *
   * ```ts
   * import { tcp } from 'berkeley/options';
   * socket.getOption(tcp.info).rtt;
   * ```
   *
   * @param option a row of `berkeley/options`; one that is write-only, or of another family, does not compile
   * @throws UnsupportedError if this kernel or platform lacks it, naming what it needs
   * @throws SocketError as {@link getsockopt}
   */
  getOption<T>(option: ReadableOption<T, F>): T {
    this.#check(option, 'read', 'write-only');
    const room = Buffer.alloc(option.read.size);
    const result = binding.getsockopt(this.fd, option.level, option.option, room);
    if (result < 0) throw optionError(result, 'getsockopt', option);
    if (result < (option.read.least ?? option.read.size)) {
      const message = `getsockopt ${option.name}: the kernel answered ${result} bytes where ${option.read.size} were expected`;
      throw new SocketError(0, { syscall: 'getsockopt', message });
    }
    return option.read.decode(room.subarray(0, result));
  }

  /**
   * Sets an option.
   *
   * ```ts
   * import { so, tcp } from 'berkeley/options';
   * socket.setOption(tcp.nodelay, true);
   * socket.setOption(so.linger, { seconds: 1 });
   * ```
   *
   * @param option a row of `berkeley/options`; one that is read-only, or of another family, does not compile
   * @param value a value of the option's type
   * @throws TypeError or RangeError if `value` is not of its type, or out of its range
   * @throws UnsupportedError if this kernel or platform lacks it, naming what it needs
   * @throws PermissionError if it takes a privilege, naming it
   * @throws SocketError as {@link setsockopt}
   */
  setOption<T>(option: WritableOption<T, F>, value: NoInfer<T>): void {
    this.#check(option, 'write', 'read-only');
    const bytes = option.write.encode(value, 'value');
    const result = binding.setsockopt(this.fd, option.level, option.option, bytes, bytes.length);
    if (result < 0) throw optionError(result, 'setsockopt', option);
  }

  #check(option: OptionRow<F>, direction: 'read' | 'write', refusal: string): void {
    const { name, families, level, option: number } = checkObject(option, 'option') as OptionRow<F>;
    if (!(direction in option)) throw invalidValue('option', `is ${refusal}`, name);
    if (families !== undefined && !families.includes(this.room.name)) {
      throw invalidValue(
        'option',
        `is of ${families.join(' and ')} sockets, and this one is ${this.room.name}`,
        name,
      );
    }
    assertPresent(level, 'option');
    assertPresent(number, 'option');
  }
}

/** The error with the option's name, and what the row says that it takes. */
function optionError(errno: number, syscall: string, option: OptionFacts): SocketError {
  const plain = socketError(errno, { syscall });
  const hints = [
    plain instanceof UnsupportedError && option.since !== undefined
      ? `since Linux ${option.since}`
      : undefined,
    plain instanceof PermissionError && option.needs !== undefined ? `needs ${option.needs}` : undefined,
  ].filter(hint => hint !== undefined);
  const context: ErrorContext = { syscall, hint: [option.name, ...hints].join(': ') };
  return socketError(errno, context);
}
