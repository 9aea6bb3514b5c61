// The binaries of a release, and the requirements that each may have.

/**
 * @typedef {object} Target
 * @property {string} name of the file in `prebuilds`: Node.js's names of platform and architecture, and `-musl`
 * @property {string} platform
 * @property {string} triple for the compiler
 * @property {string[]} libraries that it may be linked against
 * @property {string} [versions] the newest version of a symbol that it may import: `GLIBC_2.17`
 * @property {boolean} [musl] linked against musl, whose symbols have no versions
 * @property {string} [macos] the oldest macOS that loads it
 */

const glibc = (arch, triple, version) => ({
  name: `linux-${arch}`,
  platform: 'linux',
  triple: `${triple}.${version}`,
  versions: `GLIBC_${version}`,
  libraries: ['libc.so.6', 'libpthread.so.0', 'libdl.so.2'],
});

const musl = (arch, triple) => ({
  name: `linux-${arch}-musl`,
  platform: 'linux',
  triple,
  libraries: ['libc.so'],
  musl: true,
});

/** The oldest macOS that Node.js 20 runs on. */
const macos = (arch, triple) => ({
  name: `darwin-${arch}`,
  platform: 'darwin',
  triple: `${triple}.11.0`,
  macos: '11.0',
  libraries: ['/usr/lib/libSystem.B.dylib'],
});

const windows = (arch, triple) => ({
  name: `win32-${arch}`,
  platform: 'win32',
  triple,
  libraries: [
    ...['kernel32.dll', 'ws2_32.dll', 'iphlpapi.dll', 'mswsock.dll', 'ntdll.dll', 'msvcrt.dll', 'node.exe'],
    ...[
      'convert',
      'environment',
      'heap',
      'math',
      'private',
      'runtime',
      'stdio',
      'string',
      'time',
      'utility',
    ].map(part => `api-ms-win-crt-${part}-l1-1-0.dll`),
  ],
});

/**
 * Node.js 20 itself needs glibc 2.28 (2.31 on riscv64). x64 and arm64 are built for 2.17, the oldest that arm64 has, which
 * costs nothing.
 *
 * @type {readonly Target[]}
 */
export const targets = [
  glibc('x64', 'x86_64-linux-gnu', '2.17'),
  glibc('arm64', 'aarch64-linux-gnu', '2.17'),
  glibc('arm', 'arm-linux-gnueabihf', '2.28'),
  glibc('riscv64', 'riscv64-linux-gnu', '2.28'),
  glibc('ppc64', 'powerpc64le-linux-gnu', '2.28'),
  glibc('s390x', 's390x-linux-gnu', '2.28'),
  musl('x64', 'x86_64-linux-musl'),
  musl('arm64', 'aarch64-linux-musl'),
  macos('x64', 'x86_64-macos'),
  macos('arm64', 'aarch64-macos'),
  {
    name: 'freebsd-x64',
    platform: 'freebsd',
    triple: 'x86_64-freebsd',
    versions: 'FBSD_1.5', // FreeBSD 12
    libraries: ['libc.so.7', 'libthr.so.3'],
  },
  windows('x64', 'x86_64-windows-gnu'),
  windows('arm64', 'aarch64-windows-gnu'),
];

/** The maximum size of a binary in bytes. */
export const largest = 150_000;
