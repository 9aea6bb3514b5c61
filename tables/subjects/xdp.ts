import type { Subject } from '../subject.js';

/** Sockets of the express data path: the addresses are bytes, the options are here. */
export const xdp: Subject = {
  name: 'AF_XDP',
  constants: 'src/constants/xdp.ts',
  headers: { linux: ['linux/if_xdp.h'] },
  groups: [
    {
      about: 'A socket option of level SOL_XDP.',
      kind: 'option',
      except: 'XDP_OPTIONS_ZEROCOPY',
      man: 'Documentation/networking/af_xdp.rst',
      names: `
        XDP_MMAP_OFFSETS: Where in the rings what is; read only.
        XDP_RX_RING: The ring of received frames.
        XDP_TX_RING: The ring of frames to send.
        XDP_UMEM_REG: The memory of the frames.
        XDP_UMEM_FILL_RING: The ring of free frames.
        XDP_UMEM_COMPLETION_RING: The ring of frames that were sent.
        XDP_STATISTICS: Counters of what was dropped; read only.
        XDP_OPTIONS: What is in use; read only.
        XDP_OPTIONS_ZEROCOPY: Of XDP_OPTIONS: nothing is copied.
        XDP_MAX_TX_SKB_BUDGET: The most frames that one send() hands over.`,
    },
    {
      about: 'Which ring mmap() maps, as its offset.',
      man: 'Documentation/networking/af_xdp.rst',
      hex: true,
      names: `
        XDP_PGOFF_RX_RING: XDP_RX_RING.
        XDP_PGOFF_TX_RING: XDP_TX_RING.
        XDP_UMEM_PGOFF_FILL_RING: XDP_UMEM_FILL_RING.
        XDP_UMEM_PGOFF_COMPLETION_RING: XDP_UMEM_COMPLETION_RING.`,
    },
    {
      about: 'A flag of a bound address or a ring.',
      man: 'Documentation/networking/af_xdp.rst',
      hex: true,
      names: `
        XDP_SHARED_UMEM: The memory is another socket’s.
        XDP_COPY: Copy frames.
        XDP_ZEROCOPY: Copy no frames.
        XDP_USE_NEED_WAKEUP: The ring says when the driver wants to be woken.
        XDP_USE_SG: A packet may take several frames.
        XDP_UMEM_UNALIGNED_CHUNK_FLAG: Frames may begin anywhere.
        XDP_UMEM_TX_SW_CSUM: Checksums that are asked for are computed by software.
        XDP_UMEM_TX_METADATA_LEN: The length of what stands before frames counts.
        XDP_RING_NEED_WAKEUP: Of a ring: the driver wants to be woken.
        XDP_PKT_CONTD: Of a frame: the packet goes on in the next.
        XDP_TX_METADATA: Of a frame: what it asks for stands before it.
        XDP_TXMD_FLAGS_TIMESTAMP: Before a frame: tell when it was sent.
        XDP_TXMD_FLAGS_CHECKSUM: Before a frame: compute its checksum.
        XDP_TXMD_FLAGS_LAUNCH_TIME: Before a frame: send it at this time.`,
    },
  ],
};
