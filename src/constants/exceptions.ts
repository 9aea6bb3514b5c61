/**
 * The numbers that differ between architectures of Linux. The tables have the numbers of asm-generic/socket.h, which applies
 * to x64, arm64, arm, ia32, riscv64, loong64 and s390x.
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
