import type { Group } from '../subject.js';

/** Timestamps and the error queue, in the subject of every socket. */
export const timestamps: readonly Group[] = [
  {
    about: 'A clock for SO_TXTIME.',
    man: 'clock_gettime(2)',
    headers: { linux: ['time.h'], win32: [], darwin: [] },
    names: `
      CLOCK_REALTIME: The wall-clock time.
      CLOCK_MONOTONIC: The monotonic time since an unspecified point; it never jumps.
      CLOCK_TAI: The wall-clock time without leap seconds.`,
  },
  {
    about: 'A flag of SO_TIMESTAMPING.',
    man: 'Documentation/networking/timestamping.rst',
    hex: true,
    headers: { linux: ['linux/net_tstamp.h'], win32: [], darwin: [] },
    names: `
      SOF_TIMESTAMPING_TX_HARDWARE: Generate a timestamp when the device sends a packet.
      SOF_TIMESTAMPING_TX_SOFTWARE: Generate a timestamp when the driver passes a packet to the device.
      SOF_TIMESTAMPING_RX_HARDWARE: Generate a timestamp when the device receives a packet.
      SOF_TIMESTAMPING_RX_SOFTWARE: Generate a timestamp when a packet enters the kernel.
      SOF_TIMESTAMPING_SOFTWARE: Report software timestamps.
      SOF_TIMESTAMPING_SYS_HARDWARE: Has no effect.
      SOF_TIMESTAMPING_RAW_HARDWARE: Report hardware timestamps, by the clock of the device.
      SOF_TIMESTAMPING_OPT_ID: Number the sent data, and report the number with its timestamp.
      SOF_TIMESTAMPING_TX_SCHED: Generate a timestamp when a packet enters the packet scheduler.
      SOF_TIMESTAMPING_TX_ACK: Generate a timestamp when the peer has acknowledged the data; TCP only.
      SOF_TIMESTAMPING_OPT_CMSG: Add control messages such as IP_PKTINFO to send timestamps.
      SOF_TIMESTAMPING_OPT_TSONLY: Report send timestamps without a copy of the packet.
      SOF_TIMESTAMPING_OPT_STATS: Add SCM_TIMESTAMPING_OPT_STATS to send timestamps.
      SOF_TIMESTAMPING_OPT_PKTINFO: Add SCM_TIMESTAMPING_PKTINFO to hardware receive timestamps.
      SOF_TIMESTAMPING_OPT_TX_SWHW: Generate both software and hardware send timestamps.
      SOF_TIMESTAMPING_BIND_PHC: Use the hardware clock that the request names.
      SOF_TIMESTAMPING_OPT_ID_TCP: Start the numbers of SOF_TIMESTAMPING_OPT_ID at the data that is sent next.
      SOF_TIMESTAMPING_OPT_RX_FILTER: Report receive timestamps only if a SOF_TIMESTAMPING_RX_ flag requests them too.
      SOF_TIMESTAMPING_TX_COMPLETION: Generate a timestamp when the driver is informed that a packet was sent.`,
  },
  {
    about: 'A flag of SO_TXTIME.',
    man: 'socket(7)',
    hex: true,
    headers: { linux: ['linux/net_tstamp.h'], win32: [], darwin: [] },
    names: `
      SOF_TXTIME_DEADLINE_MODE: The time is a deadline, not the time to send.
      SOF_TXTIME_REPORT_ERRORS: Report dropped packets in the error queue.`,
  },
  {
    about: 'The origin of an item in the error queue (sock_extended_err).',
    man: 'ip(7)',
    headers: { linux: ['time.h', 'linux/errqueue.h'], win32: [], darwin: [] },
    names: `
      SO_EE_ORIGIN_NONE: No origin.
      SO_EE_ORIGIN_LOCAL: This machine.
      SO_EE_ORIGIN_ICMP: An ICMP message.
      SO_EE_ORIGIN_ICMP6: An ICMPv6 message.
      SO_EE_ORIGIN_TXSTATUS: The transmit status of a wireless packet.
      SO_EE_ORIGIN_ZEROCOPY: Memory of MSG_ZEROCOPY can be reused.
      SO_EE_ORIGIN_TXTIME: A packet of SO_TXTIME was dropped.
      SO_EE_ORIGIN_TIMESTAMPING: A send timestamp; the same number as SO_EE_ORIGIN_TXSTATUS.`,
  },
  {
    about:
      'What more an item of the error queue says (`ee_code`, `ee_info` and `ee_data` of sock_extended_err).',
    man: 'ip(7)',
    headers: { linux: ['time.h', 'linux/errqueue.h'], win32: [], darwin: [] },
    names: `
      SO_EE_CODE_ZEROCOPY_COPIED: MSG_ZEROCOPY code: the kernel copied the data anyway.
      SO_EE_CODE_TXTIME_INVALID_PARAM: SO_TXTIME code: the time or the clock is invalid.
      SO_EE_CODE_TXTIME_MISSED: SO_TXTIME code: the time has passed.
      SO_EE_RFC4884_FLAG_INVALID: IP_RECVERR_RFC4884 flag: the extensions are invalid.
      SCM_TSTAMP_SND: Send timestamp: the driver passed the packet to the device, or the device sent it.
      SCM_TSTAMP_SCHED: Send timestamp: the data entered the packet scheduler.
      SCM_TSTAMP_ACK: Send timestamp: the peer acknowledged the data.
      SCM_TSTAMP_COMPLETION: Send timestamp: the driver was informed that the packet was sent.`,
  },
];
