import type { Subject } from '../subject.js';

const nowhereElse = { win32: [], darwin: [] };

export const bpf: Subject = {
  name: 'classic BPF',
  constants: 'src/bpf/constants.ts',
  headers: { linux: ['linux/filter.h'], ...nowhereElse },
  groups: [
    {
      about: 'The class of a classic BPF instruction.',
      man: 'Documentation/networking/filter.rst',
      hex: true,
      names: `
        BPF_LD: Load into the accumulator.
        BPF_LDX: Load into the index register.
        BPF_ST: Store the accumulator.
        BPF_STX: Store the index register.
        BPF_ALU: Compute in the accumulator.
        BPF_JMP: Jump.
        BPF_RET: Return the number of bytes of the packet to keep.
        BPF_MISC: Move between the two registers.`,
    },
    {
      about: 'The size of a load.',
      man: 'Documentation/networking/filter.rst',
      hex: true,
      names: `
        BPF_W: Four bytes.
        BPF_H: Two bytes.
        BPF_B: One byte.`,
    },
    {
      about: 'The source of a load.',
      man: 'Documentation/networking/filter.rst',
      hex: true,
      names: `
        BPF_IMM: A constant.
        BPF_ABS: The packet, at a fixed offset.
        BPF_IND: The packet, at an offset from the index register.
        BPF_MEM: Scratch memory.
        BPF_LEN: The length of the packet.
        BPF_MSH: Four times the low half of a byte of the packet: the length of an IPv4 header.`,
    },
    {
      about: 'An arithmetic operation of an instruction.',
      man: 'Documentation/networking/filter.rst',
      hex: true,
      names: 'BPF_ADD BPF_SUB BPF_MUL BPF_DIV BPF_OR BPF_AND BPF_LSH BPF_RSH BPF_NEG BPF_MOD BPF_XOR',
    },
    {
      about: 'The condition of a jump.',
      man: 'Documentation/networking/filter.rst',
      hex: true,
      names: `
        BPF_JA: Always.
        BPF_JEQ: If the accumulator is equal.
        BPF_JGT: If the accumulator is greater, unsigned.
        BPF_JGE: If the accumulator is greater or equal, unsigned.
        BPF_JSET: If one of the operand’s bits is set in the accumulator.`,
    },
    {
      about: 'The other operand of an instruction.',
      man: 'Documentation/networking/filter.rst',
      hex: true,
      names: `
        BPF_K: The constant of the instruction.
        BPF_X: The index register.
        BPF_A: The accumulator, as the value to return.`,
    },
    {
      about: 'A move between the registers.',
      man: 'Documentation/networking/filter.rst',
      hex: true,
      names: `
        BPF_TAX: From the accumulator to the index register.
        BPF_TXA: From the index register to the accumulator.`,
    },
    {
      about: 'A limit of a classic BPF program.',
      man: 'Documentation/networking/filter.rst',
      names: `
        BPF_MAXINSNS: The maximum number of instructions.
        BPF_MEMWORDS: The number of words of scratch memory.`,
    },
    {
      about: 'An offset of data outside the packet, for loads.',
      man: 'Documentation/networking/filter.rst',
      hex: true,
      names: `
        SKF_AD_OFF=(unsigned)SKF_AD_OFF: The offset of the metadata of the packet.
        SKF_NET_OFF=(unsigned)SKF_NET_OFF: The offset of the network header.
        SKF_LL_OFF=(unsigned)SKF_LL_OFF: The offset of the link-layer header.`,
    },
    {
      about: 'Metadata of the packet, at an offset from SKF_AD_OFF.',
      man: 'Documentation/networking/filter.rst',
      names: `
        SKF_AD_PROTOCOL: The Ethernet protocol.
        SKF_AD_PKTTYPE: The packet type, such as PACKET_HOST.
        SKF_AD_IFINDEX: The index of the interface.
        SKF_AD_NLATTR: The offset of the netlink attribute with the type in X, searched from offset A.
        SKF_AD_NLATTR_NEST: The offset of a netlink attribute within a nested attribute.
        SKF_AD_MARK: The mark.
        SKF_AD_QUEUE: The queue of the interface.
        SKF_AD_HATYPE: The hardware type, an ARPHRD_ constant.
        SKF_AD_RXHASH: The hash of the flow.
        SKF_AD_CPU: The CPU that processes the packet.
        SKF_AD_ALU_XOR_X: The accumulator XOR the index register; not a load.
        SKF_AD_VLAN_TAG: The VLAN tag.
        SKF_AD_VLAN_TAG_PRESENT: Whether there is a VLAN tag.
        SKF_AD_PAY_OFFSET: The offset of the payload.
        SKF_AD_RANDOM: A random number.
        SKF_AD_VLAN_TPID: The protocol of the VLAN tag.`,
    },
  ],
};
