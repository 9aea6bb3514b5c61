// Reads an ELF shared library: its dynamic section, its dynamic symbols and their versions.
import { Reader } from './reader.mjs';

const machines = { 3: 'ia32', 21: 'ppc64', 22: 's390x', 40: 'arm', 62: 'x64', 183: 'arm64', 243: 'riscv64' };
const [SHT_SYMTAB, SHT_DYNAMIC, SHT_DYNSYM, SHT_VERNEED, SHT_VERSYM] = [2, 6, 11, 0x6ffffffe, 0x6fffffff];
const [DT_NEEDED, DT_RPATH, DT_TEXTREL, DT_BIND_NOW, DT_RUNPATH, DT_FLAGS] = [1, 15, 22, 24, 29, 30];
const [PT_GNU_STACK, PT_GNU_RELRO] = [0x6474e551, 0x6474e552];
const [STB_LOCAL, STB_WEAK] = [0, 2];

export function isElf(bytes) {
  return bytes.toString('latin1', 0, 4) === '\x7fELF';
}

/** @returns {import('./reader.mjs').Binary} */
export function readElf(bytes) {
  const file = new Reader(bytes, bytes[5] === 1, bytes[4] === 2);
  const sections = sectionsOf(file);
  const dynamic = entriesOf(file, sections);
  const symbols = symbolsOf(file, sections);
  const named = tag => dynamic.filter(entry => entry.tag === tag);
  const linked = sections.find(({ type }) => type === SHT_DYNAMIC);
  const strings = sections[linked.link].offset;
  return {
    format: 'ELF',
    machine: machines[file.u16(18)],
    libraries: named(DT_NEEDED).map(({ value }) => file.text(strings + value)),
    imports: symbols
      .filter(symbol => !symbol.defined)
      .map(({ name, from, version, weak }) => ({ name, from, version, weak })),
    exports: symbols.filter(symbol => symbol.defined).map(({ name }) => name),
    faults: [
      ...named(DT_RPATH)
        .concat(named(DT_RUNPATH))
        .map(() => 'has a path of libraries'),
      ...named(DT_TEXTREL).map(() => 'relocates its code'),
      ...(isBoundNow(named) ? [] : ['is bound lazily']),
      ...(sections.some(({ type }) => type === SHT_SYMTAB) ? ['is not stripped'] : []),
      ...segmentFaults(file),
    ],
  };
}

function sectionsOf(file) {
  const [start, size, count] = file.wide
    ? [file.u64(40), file.u16(58), file.u16(60)]
    : [file.u32(32), file.u16(46), file.u16(48)];
  return Array.from({ length: count }, (_, i) => {
    const at = start + i * size;
    const [offset, length, link, entry] = file.wide
      ? [file.u64(at + 24), file.u64(at + 32), file.u32(at + 40), file.u64(at + 56)]
      : [file.u32(at + 16), file.u32(at + 20), file.u32(at + 24), file.u32(at + 36)];
    return { type: file.u32(at + 4), offset, length, link, entry };
  });
}

function entriesOf(file, sections) {
  const { offset, length } = sections.find(({ type }) => type === SHT_DYNAMIC);
  const word = file.wide ? 8 : 4;
  return Array.from({ length: length / (2 * word) }, (_, i) => ({
    tag: file.word(offset + 2 * i * word),
    value: file.word(offset + (2 * i + 1) * word),
  }));
}

function isBoundNow(named) {
  return named(DT_BIND_NOW).length > 0 || named(DT_FLAGS).some(({ value }) => (value & 8) !== 0);
}

function symbolsOf(file, sections) {
  const table = sections.find(({ type }) => type === SHT_DYNSYM);
  const versym = sections.find(({ type }) => type === SHT_VERSYM);
  const versions = versionsOf(file, sections);
  const strings = sections[table.link].offset;
  return Array.from({ length: table.length / table.entry }, (_, i) => {
    const at = table.offset + i * table.entry;
    const [info, section] = file.wide
      ? [file.u8(at + 4), file.u16(at + 6)]
      : [file.u8(at + 12), file.u16(at + 14)];
    const version = versym && versions.get(file.u16(versym.offset + 2 * i) & 0x7fff);
    return {
      name: file.text(strings + file.u32(at)),
      binding: info >> 4,
      weak: info >> 4 === STB_WEAK,
      defined: section !== 0,
      ...version,
    };
  }).filter(({ name, binding }) => name !== '' && binding !== STB_LOCAL);
}

/** The required versions, by the index that symbols use: struct Elf_Verneed and Elf_Vernaux. */
function versionsOf(file, sections) {
  const versions = new Map();
  const section = sections.find(({ type }) => type === SHT_VERNEED);
  if (section === undefined) return versions;
  const strings = sections[section.link].offset;
  for (let need = section.offset, next = 1; next !== 0; need += next) {
    const from = file.text(strings + file.u32(need + 4));
    for (let aux = need + file.u32(need + 8), step = 1; step !== 0; aux += step) {
      versions.set(file.u16(aux + 6), { from, version: file.text(strings + file.u32(aux + 8)) });
      step = file.u32(aux + 12);
    }
    next = file.u32(need + 12);
  }
  return versions;
}

function segmentFaults(file) {
  const [start, size, count] = file.wide
    ? [file.u64(32), file.u16(54), file.u16(56)]
    : [file.u32(28), file.u16(42), file.u16(44)];
  const segments = Array.from({ length: count }, (_, i) => {
    const at = start + i * size;
    return { type: file.u32(at), flags: file.u32(at + (file.wide ? 4 : 24)) };
  });
  const stack = segments.find(({ type }) => type === PT_GNU_STACK);
  return [
    ...(stack === undefined || stack.flags & 1 ? ['has an executable stack'] : []),
    ...(segments.some(({ type }) => type === PT_GNU_RELRO) ? [] : ['leaves its relocated tables writable']),
  ];
}
