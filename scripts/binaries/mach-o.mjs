// Reads a 64-bit Mach-O library: its load commands and its symbols.
import { Reader } from './reader.mjs';

const MAGIC = 0xfeedfacf;
const machines = { 16777223: 'x64', 16777228: 'arm64' };
const [LC_DYLD_INFO, LC_DYLD_INFO_ONLY, LC_DYLD_EXPORTS_TRIE] = [0x22, 0x80000022, 0x80000033];
const [LC_SYMTAB, LC_RPATH, LC_CODE_SIGNATURE, LC_BUILD_VERSION, LC_VERSION_MIN_MACOSX] = [
  2, 0x8000001c, 0x1d, 0x32, 0x24,
];
/** LC_LOAD_DYLIB, LC_LOAD_WEAK_DYLIB, LC_REEXPORT_DYLIB. */
const loads = [0xc, 0x80000018, 0x8000001f];
const [N_STAB, N_PEXT, N_TYPE, N_EXT, N_WEAK_REF] = [0xe0, 0x10, 0x0e, 0x01, 0x40];
const DYNAMIC_LOOKUP = 0xfe;

export function isMachO(bytes) {
  return bytes.length > 32 && bytes.readUInt32LE(0) === MAGIC;
}

/** @returns {import('./reader.mjs').Binary & { oldest: string }} */
export function readMachO(bytes) {
  const file = new Reader(bytes);
  const commands = commandsOf(file);
  const libraries = commands
    .filter(({ type }) => loads.includes(type))
    .map(({ at }) => file.text(at + file.u32(at + 8)));
  const symbols = symbolsOf(file, commands, libraries);
  const machine = machines[file.u32(4)];
  const has = type => commands.some(command => command.type === type);
  return {
    format: 'Mach-O',
    machine,
    libraries,
    imports: symbols.filter(({ defined }) => !defined).map(({ name, from, weak }) => ({ name, from, weak })),
    exports: exportsOf(file, commands),
    oldest: oldestSystem(file, commands),
    faults: [
      ...(has(LC_RPATH) ? ['has a path of libraries'] : []),
      ...(machine === 'arm64' && !has(LC_CODE_SIGNATURE)
        ? ['is not signed, so that no arm64 system loads it']
        : []),
    ],
  };
}

function commandsOf(file) {
  const commands = [];
  for (let at = 32, i = 0; i < file.u32(16); i++, at += file.u32(at + 4))
    commands.push({ type: file.u32(at), at });
  return commands;
}

/** The external symbols: struct nlist_64. */
function symbolsOf(file, commands, libraries) {
  const { at } = commands.find(({ type }) => type === LC_SYMTAB);
  const [start, count, strings] = [file.u32(at + 8), file.u32(at + 12), file.u32(at + 16)];
  return Array.from({ length: count }, (_, i) => {
    const entry = start + 16 * i;
    const [type, description] = [file.u8(entry + 4), file.u16(entry + 6)];
    const ordinal = description >> 8;
    return {
      name: file.text(strings + file.u32(entry)).replace(/^_/, ''),
      type,
      defined: (type & N_TYPE) !== 0,
      weak: (description & N_WEAK_REF) !== 0,
      from: ordinal === DYNAMIC_LOOKUP ? undefined : libraries[ordinal - 1],
    };
  }).filter(({ type }) => (type & (N_STAB | N_PEXT)) === 0 && (type & N_EXT) !== 0);
}

/** The position of the tree of exported names. */
function exportsAt(file, commands) {
  const trie = commands.find(({ type }) => type === LC_DYLD_EXPORTS_TRIE);
  if (trie !== undefined) return { start: file.u32(trie.at + 8), size: file.u32(trie.at + 12) };
  const info = commands.find(({ type }) => type === LC_DYLD_INFO || type === LC_DYLD_INFO_ONLY);
  return { start: file.u32(info.at + 40), size: file.u32(info.at + 44) };
}

/**
 * The exported names. Each node of the tree states whether a name ends there, and the texts that lead to its
 * children.
 */
function exportsOf(file, commands) {
  const { start, size } = exportsAt(file, commands);
  const names = [];
  const visit = (node, prefix) => {
    const terminal = uleb(file, start + node);
    if (terminal.value > 0) names.push(prefix.replace(/^_/, ''));
    let at = terminal.next + terminal.value;
    for (let children = file.u8(at++); children > 0; children--) {
      const label = file.text(at);
      const child = uleb(file, at + label.length + 1);
      visit(child.value, prefix + label);
      at = child.next;
    }
  };
  if (size > 0) visit(0, '');
  return names;
}

/** A number with seven bits per byte, in little-endian order (ULEB128). */
function uleb(file, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = file.u8(at++);
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return { value, next: at };
  }
}

/** The oldest macOS that loads it: `11.0`. */
function oldestSystem(file, commands) {
  const build = commands.find(({ type }) => type === LC_BUILD_VERSION);
  const least = commands.find(({ type }) => type === LC_VERSION_MIN_MACOSX);
  const version = file.u32(build === undefined ? least.at + 8 : build.at + 12);
  return `${version >> 16}.${(version >> 8) & 255}`;
}
