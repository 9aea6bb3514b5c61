/**
 * Where Linux itself has other numbers than the tables give. The tables hold for every architecture that takes
 * asm-generic/socket.h, which all that Node runs on do (x64, arm64, arm, ia32, riscv64, loong64, s390x), except these.
 */
export const exceptions: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ppc64: {
    SO_RCVLOWAT: 16,
    SO_SNDLOWAT: 17,
    SO_RCVTIMEO: 18,
    SO_SNDTIMEO: 19,
    SO_RCVTIMEO_OLD: 18,
    SO_SNDTIMEO_OLD: 19,
    SO_PASSCRED: 20,
    SO_PEERCRED: 21,
    FIONREAD: 0x4004667f,
    FIONBIO: 0x8004667e,
    SIOCINQ: 0x4004667f,
    SIOCOUTQ: 0x40047473,
    IOCTL_VM_SOCKETS_GET_LOCAL_CID: 0x200007b9,
  },
};
