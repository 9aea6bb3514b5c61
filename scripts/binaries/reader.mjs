// Reads numbers and strings of an executable file.

export class Reader {
  constructor(bytes, little = true, wide = true) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.little = little;
    this.wide = wide;
  }

  u8(at) {
    return this.view.getUint8(at);
  }

  u16(at) {
    return this.view.getUint16(at, this.little);
  }

  u32(at) {
    return this.view.getUint32(at, this.little);
  }

  u64(at) {
    return Number(this.view.getBigUint64(at, this.little));
  }

  /** A number of the machine's word size: 8 bytes, or 4 in a 32-bit file. */
  word(at) {
    return this.wide ? this.u64(at) : this.u32(at);
  }

  /** A string that ends with NUL. */
  text(at) {
    return this.bytes.toString('latin1', at, this.bytes.indexOf(0, at));
  }
}

/**
 * What a binary asks of the system and gives it.
 *
 * @typedef {object} Binary
 * @property {string} format 'ELF', 'Mach-O' or 'PE'
 * @property {string} machine the architecture, by Node.js's name
 * @property {string[]} libraries that it is linked against
 * @property {{ name: string, from?: string, version?: string, weak?: boolean }[]} imports `from`: the library, where the
 *   format says it; `version`: of the symbol
 * @property {string[]} exports
 * @property {string[]} faults what no binary may have, in words
 */
