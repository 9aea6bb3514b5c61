import type { Group } from '../subject.js';

/** Of timestamps and the error queue, in the subject of every socket. */
export const timestamps: readonly Group[] = [
  {
    about: 'A clock, for SO_TXTIME.',
    man: 'clock_gettime(2)',
    headers: { linux: ['time.h'], win32: [], darwin: [] },
    names: `
      CLOCK_REALTIME: The time of day.
      CLOCK_MONOTONIC: The time since some moment; it never jumps.
      CLOCK_TAI: The time of day without leap seconds.`,
  },
  {
    about: 'Part of a timestamping request (SO_TIMESTAMPING).',
    man: 'Documentation/networking/timestamping.rst',
    hex: true,
    headers: { linux: ['linux/net_tstamp.h'], win32: [], darwin: [] },
    names: `
      SOF_TIMESTAMPING_TX_HARDWARE: Take the time when the device sends a packet.
      SOF_TIMESTAMPING_TX_SOFTWARE: Take the time when the driver hands a packet to the device.
      SOF_TIMESTAMPING_RX_HARDWARE: Take the time when the device receives a packet.
      SOF_TIMESTAMPING_RX_SOFTWARE: Take the time when a packet enters the kernel.
      SOF_TIMESTAMPING_SOFTWARE: Report the times that software took.
      SOF_TIMESTAMPING_SYS_HARDWARE: Without effect.
      SOF_TIMESTAMPING_RAW_HARDWARE: Report the times that the device took, by its own clock.
      SOF_TIMESTAMPING_OPT_ID: Number what is sent, and say the number with its time.
      SOF_TIMESTAMPING_TX_SCHED: Take the time when a packet enters the packet scheduler.
      SOF_TIMESTAMPING_TX_ACK: Take the time when the peer has acknowledged the data; TCP alone.
      SOF_TIMESTAMPING_OPT_CMSG: Let IP_PKTINFO and its kin come along with send times.
      SOF_TIMESTAMPING_OPT_TSONLY: Send times come without a copy of the packet.
      SOF_TIMESTAMPING_OPT_STATS: Send times come with SCM_TIMESTAMPING_OPT_STATS.
      SOF_TIMESTAMPING_OPT_PKTINFO: Receive times of a device come with SCM_TIMESTAMPING_PKTINFO.
      SOF_TIMESTAMPING_OPT_TX_SWHW: Take both send times, of software and of the device.
      SOF_TIMESTAMPING_BIND_PHC: Times of a device are by the clock that the request names.
      SOF_TIMESTAMPING_OPT_ID_TCP: Count the numbers of SOF_TIMESTAMPING_OPT_ID from what is sent from now on.
      SOF_TIMESTAMPING_OPT_RX_FILTER: Report receive times only if SOF_TIMESTAMPING_RX_ asks for them too.
      SOF_TIMESTAMPING_TX_COMPLETION: Take the time when the driver learns that a packet was sent.`,
  },
  {
    about: 'A flag of SO_TXTIME.',
    man: 'socket(7)',
    hex: true,
    headers: { linux: ['linux/net_tstamp.h'], win32: [], darwin: [] },
    names: `
      SOF_TXTIME_DEADLINE_MODE: The time is the latest, and not the moment.
      SOF_TXTIME_REPORT_ERRORS: Report packets that were dropped, in the error queue.`,
  },
  {
    about: 'Where an error of the error queue came from (sock_extended_err).',
    man: 'ip(7)',
    headers: { linux: ['time.h', 'linux/errqueue.h'], win32: [], darwin: [] },
    names: `
      SO_EE_ORIGIN_NONE: Nowhere.
      SO_EE_ORIGIN_LOCAL: This machine.
      SO_EE_ORIGIN_ICMP: An ICMP message.
      SO_EE_ORIGIN_ICMP6: An ICMPv6 message.
      SO_EE_ORIGIN_TXSTATUS: The state of a packet sent over the air.
      SO_EE_ORIGIN_ZEROCOPY: Memory of MSG_ZEROCOPY is free again.
      SO_EE_ORIGIN_TXTIME: A packet of SO_TXTIME was dropped.
      SO_EE_ORIGIN_TIMESTAMPING: A send timestamp; the number of SO_EE_ORIGIN_TXSTATUS.`,
  },
  {
    about:
      'What more an item of the error queue says (`ee_code`, `ee_info` and `ee_data` of sock_extended_err).',
    man: 'ip(7)',
    headers: { linux: ['time.h', 'linux/errqueue.h'], win32: [], darwin: [] },
    names: `
      SO_EE_CODE_ZEROCOPY_COPIED: Of MSG_ZEROCOPY: the data was copied all the same.
      SO_EE_CODE_TXTIME_INVALID_PARAM: Of SO_TXTIME: the time or the clock makes no sense.
      SO_EE_CODE_TXTIME_MISSED: Of SO_TXTIME: the time had passed.
      SO_EE_RFC4884_FLAG_INVALID: Of IP_RECVERR_RFC4884: the extensions are damaged.
      SCM_TSTAMP_SND: Of a send timestamp: the driver has handed the packet to the device, or the device has sent it.
      SCM_TSTAMP_SCHED: Of a send timestamp: the data entered the packet scheduler.
      SCM_TSTAMP_ACK: Of a send timestamp: the peer acknowledged the data.
      SCM_TSTAMP_COMPLETION: Of a send timestamp: the driver has learnt that the packet was sent.`,
  },
];
