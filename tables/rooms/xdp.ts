import type { Room } from '../room.js';

/** Sockets of the express data path: the addresses are bytes, the options are here. */
export const xdp: Room = {
  name: 'AF_XDP',
  constants: 'src/constants/xdp.ts',
  headers: { linux: ['linux/if_xdp.h'] },
  groups: [
    {
      about: 'A socket option of level SOL_XDP.',
      man: 'Documentation/networking/af_xdp.rst',
      names: `
        XDP_MMAP_OFFSETS XDP_RX_RING XDP_TX_RING XDP_UMEM_REG XDP_UMEM_FILL_RING XDP_UMEM_COMPLETION_RING XDP_STATISTICS
        XDP_OPTIONS XDP_OPTIONS_ZEROCOPY XDP_MAX_TX_SKB_BUDGET`,
    },
    {
      about: 'A flag of a bound address or a ring.',
      man: 'Documentation/networking/af_xdp.rst',
      hex: true,
      names: `
        XDP_SHARED_UMEM XDP_COPY XDP_ZEROCOPY XDP_USE_NEED_WAKEUP XDP_USE_SG XDP_UMEM_UNALIGNED_CHUNK_FLAG
        XDP_UMEM_TX_SW_CSUM XDP_UMEM_TX_METADATA_LEN XDP_RING_NEED_WAKEUP XDP_PKT_CONTD XDP_TX_METADATA`,
    },
  ],
};
