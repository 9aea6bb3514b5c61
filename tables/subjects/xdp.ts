import type { Subject } from '../subject.js';

/** XDP sockets. Their addresses are raw bytes; their options are in this subject. */
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
        XDP_MMAP_OFFSETS: The offsets of the fields in the rings; read-only.
        XDP_RX_RING: The ring of received frames.
        XDP_TX_RING: The ring of frames to send.
        XDP_UMEM_REG: The memory of the frames (UMEM).
        XDP_UMEM_FILL_RING: The ring of free frames.
        XDP_UMEM_COMPLETION_RING: The ring of frames that were sent.
        XDP_STATISTICS: The counters of dropped frames; read-only.
        XDP_OPTIONS: The flags in use; read-only.
        XDP_OPTIONS_ZEROCOPY: XDP_OPTIONS flag: frames are not copied.
        XDP_MAX_TX_SKB_BUDGET: The maximum number of frames per send() call.`,
    },
    {
      about: 'The ring to map, as the offset of mmap().',
      man: 'Documentation/networking/af_xdp.rst',
      hex: true,
      names: `
        XDP_PGOFF_RX_RING: XDP_RX_RING.
        XDP_PGOFF_TX_RING: XDP_TX_RING.
        XDP_UMEM_PGOFF_FILL_RING: XDP_UMEM_FILL_RING.
        XDP_UMEM_PGOFF_COMPLETION_RING: XDP_UMEM_COMPLETION_RING.`,
    },
    {
      about: 'A flag of a bound address, a ring or a frame.',
      man: 'Documentation/networking/af_xdp.rst',
      hex: true,
      names: `
        XDP_SHARED_UMEM: Use the memory of another socket.
        XDP_COPY: Copy frames.
        XDP_ZEROCOPY: Do not copy frames.
        XDP_USE_NEED_WAKEUP: Use the flag XDP_RING_NEED_WAKEUP of the rings.
        XDP_USE_SG: A packet can use several frames.
        XDP_UMEM_UNALIGNED_CHUNK_FLAG: Frames can start at any offset.
        XDP_UMEM_TX_SW_CSUM: Compute requested checksums in software.
        XDP_UMEM_TX_METADATA_LEN: The length of the metadata before frames is set.
        XDP_RING_NEED_WAKEUP: Ring flag: the driver must be woken.
        XDP_PKT_CONTD: Frame flag: the packet continues in the next frame.
        XDP_TX_METADATA: Frame flag: the frame is preceded by metadata.
        XDP_TXMD_FLAGS_TIMESTAMP: Metadata flag: request the time when the frame was sent.
        XDP_TXMD_FLAGS_CHECKSUM: Metadata flag: request the checksum of the frame.
        XDP_TXMD_FLAGS_LAUNCH_TIME: Metadata flag: send the frame at a given time.`,
    },
  ],
};
