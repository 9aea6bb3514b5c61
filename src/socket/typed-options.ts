import type { FamilyName } from '../address/address.js';
import { binding } from '../binding.js';
import { assertPresent } from '../constants/absent.js';
import { checkObject, invalidValue } from '../errors/argument.js';
import type { OptionRow, OptionValue, ReadableOption, WritableOption } from '../options/option.js';
import { askOption, optionError } from './ask-option.js';
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
   * @throws SocketError as {@link getsockopt}; `EPROTO` if the kernel's answer is of no length that the option has
   */
  getOption<T>(option: ReadableOption<T, F>): T {
    this.#check(option, 'read', 'write-only');
    return option.read.decode(askOption(this, option));
  }

  /**
   * Sets an option.
   *
   * ```ts
   * import { so, tcp } from 'berkeley/options';
   * socket.setOption(tcp.nodelay, true);
   * socket.setOption(so.linger, { seconds: 1 });
   * socket.setOption(so.detachFilter);
   * ```
   *
   * @param option a row of `berkeley/options`; one that is read-only, or of another family, does not compile
   * @param value a value of the option's type
   * @throws TypeError or RangeError if `value` is not of its type, or out of its range
   * @throws UnsupportedError if this kernel or platform lacks it, naming what it needs
   * @throws PermissionError if it takes a privilege, naming it
   * @throws SocketError as {@link setsockopt}
   */
  setOption<T>(option: WritableOption<T, F>, ...[value]: OptionValue<T>): void {
    this.#check(option, 'write', 'read-only');
    const result = handOver(this.fd, option, option.write.encode(value as T, 'value'));
    if (result < 0) throw optionError(result, 'setsockopt', option, this);
  }

  #check(option: OptionRow<F>, direction: 'read' | 'write', refusal: string): void {
    const { name, families, level, option: number } = checkObject(option, 'option') as OptionRow<F>;
    if (!(direction in option)) throw invalidValue('option', `is ${refusal}`, name);
    assertPresent(number, 'option');
    assertPresent(level, 'option');
    if (families !== undefined && !families.includes(this.driver.name)) {
      throw invalidValue(
        'option',
        `is of ${families.join(' and ')} sockets, and this one is ${this.driver.name}`,
        name,
      );
    }
  }
}

function handOver(
  fd: number,
  { level, option, write }: WritableOption<never, never>,
  bytes: Uint8Array,
): number {
  switch (write.passing) {
    case 'filter':
      return binding.setFilter(fd, level, option, bytes);
    case 'null':
      return binding.setsockopt(fd, level, option, null, 0);
    default:
      return binding.setsockopt(fd, level, option, bytes, bytes.length);
  }
}
