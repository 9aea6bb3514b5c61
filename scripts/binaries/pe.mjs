// Reads a 64-bit PE library: its imports, its delay-loaded imports, and its exports.
import { Reader } from './reader.mjs';

const machines = { 34404: 'x64', 43620: 'arm64' };
const [EXPORTS, IMPORTS, DELAYED] = [0, 1, 13];

export function isPe(bytes) {
  return bytes.toString('latin1', 0, 2) === 'MZ';
}

/** @returns {import('./reader.mjs').Binary} */
export function readPe(bytes) {
  const file = new Reader(bytes);
  const header = file.u32(60);
  const optional = header + 24;
  const address = addressing(file, header);
  const directory = index => address(file.u32(optional + 112 + 8 * index));
  const imports = [
    ...importsOf(file, address, directory(IMPORTS), { size: 20, name: 12, names: 0, fallback: 16 }),
    ...importsOf(file, address, directory(DELAYED), { size: 32, name: 4, names: 16, fallback: 16 }),
  ];
  return {
    format: 'PE',
    machine: machines[file.u16(header + 4)],
    libraries: [...new Set(imports.map(({ from }) => from))],
    imports,
    exports: exportsOf(file, address, directory(EXPORTS)),
    faults: [],
  };
}

/** Converts an address in memory to a file offset; undefined for 0. */
function addressing(file, header) {
  const sections = Array.from({ length: file.u16(header + 6) }, (_, i) => {
    const at = header + 24 + file.u16(header + 20) + 40 * i;
    return {
      start: file.u32(at + 12),
      size: Math.max(file.u32(at + 8), file.u32(at + 16)),
      offset: file.u32(at + 20),
    };
  });
  return address => {
    const section = sections.find(({ start, size }) => address >= start && address < start + size);
    return section && address - section.start + section.offset;
  };
}

function importsOf(file, address, start, { size, name, names, fallback }) {
  const imports = [];
  for (let at = start; at !== undefined && file.u32(at + name) !== 0; at += size) {
    const from = file.text(address(file.u32(at + name))).toLowerCase();
    const list = address(file.u32(at + names) || file.u32(at + fallback));
    for (let entry = list; file.u64(entry) !== 0; entry += 8) {
      const byNumber = (file.u32(entry + 4) & 0x80000000) !== 0;
      imports.push({
        from,
        name: byNumber ? `#${file.u16(entry)}` : file.text(address(file.u32(entry)) + 2),
      });
    }
  }
  return imports;
}

function exportsOf(file, address, table) {
  if (table === undefined) return [];
  const names = address(file.u32(table + 32));
  return Array.from({ length: file.u32(table + 24) }, (_, i) => file.text(address(file.u32(names + 4 * i))));
}
