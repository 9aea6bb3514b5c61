import type { Socket } from 'berkeley';
import {
  SCTP_ASSOC_CHANGE,
  SCTP_ENABLE_STRRESET_MASK,
  SCTP_PR_SCTP_TTL,
  SCTP_SS_RR,
  SCTP_STREAM_RESET_OUTGOING,
  SPP_HB_ENABLE,
} from 'berkeley/constants';
import { sctp } from 'berkeley/options';
import type { KindName } from '../kinds.js';
import { type GroupPlan, matching, reads, refusesToRead, refusesToSet, sets, writes } from '../plan.js';

const connected: readonly KindName[] = ['sctp4 connected', 'sctp6 connected'];
const many: readonly KindName[] = ['sctp4 seqpacket'];
const fresh: readonly KindName[] = ['sctp4 stream', 'sctp6 stream', 'sctp4 seqpacket'];
const NONE = 'there is no association';

/** Applies to the socket's own association, or to future ones: the association number is 0 for both. */
const value = (number: number) => ({ association: 0, value: number });
const on = { association: 0, on: true };

export const sctpPlans: GroupPlan = {
  kinds: fresh,
  rows: {
    initmsg: sets(
      { numOstreams: 5 },
      matching((init: sctp.InitMessage) => init.numOstreams === 5 && init.maxAttempts > 0),
    ),
    rtoinfo: sets(
      { initial: 2000 },
      matching((info: sctp.RtoInfo) => info.initial === 2000 && info.max > 0),
    ),
    associnfo: sets(
      { cookieLife: 30_000 },
      matching((info: sctp.AssociationInfo) => info.cookieLife === 30_000 && info.asocmaxrxt > 0),
    ),
    status: reads(
      matching((status: sctp.SctpStatus) => status.outstrms > 0 && status.primary.address !== null),
      { on: connected },
    ),
    autoclose: sets(60, 60, { on: many }),
    adaptationLayer: sets({ indication: 7 }),
    getAssocNumber: reads(0, { on: many }),
    getAssocIdList: reads([], { on: many }),
    reusePort: sets(true, true, { on: ['sctp4 stream', 'sctp6 stream'] }),
    autoAsconf: refusesToSet(true, 'EINVAL', 'the socket is not bound to all addresses', {}),
    asconfSupported: sets({ on: true }, on),
    authSupported: sets({ on: true }, on),
    ecnSupported: sets({ on: true }, on),
    primaryAddr: reads(
      matching((primary: sctp.PrimaryAddress) => primary.address !== null),
      { on: connected },
    ),
    setPeerPrimaryAddr: refusesToSet(
      { address: { host: '127.0.0.1', port: 1 } },
      'EPERM',
      'net.sctp.addip_enable is 0',
      {
        on: ['sctp4 connected'],
      },
    ),
    getPeerAddrInfo: refusesToRead('EINVAL', 'the question names no address', { on: connected }),
    peerAddrParams: sets(
      { hbinterval: 5000, flags: SPP_HB_ENABLE },
      matching((parameters: sctp.PeerParameters) => parameters.hbinterval === 5000),
    ),
    remoteUdpEncapsPort: sets({ port: 9899 }, { association: 0, address: null, port: 9899 }),
    plpmtudProbeInterval: sets({ interval: 6000 }, { association: 0, address: null, interval: 6000 }),
    getPeerAddrs: reads(
      matching((peer: sctp.SctpAddresses, socket) => {
        const { port } = socket.getpeername() as unknown as { port: number };
        return peer.addresses[0]?.port === port;
      }),
      { on: connected },
    ),
    getLocalAddrs: reads(
      matching((local: sctp.SctpAddresses) => local.addresses.length > 0),
      { on: connected },
    ),
    sockoptBindxAdd: writes([{ host: '127.0.0.7' }, { host: '127.0.0.8', port: 0 }], {
      on: ['sctp4 stream', 'sctp4 seqpacket'],
    }),
    sockoptBindxRem: writes([{ host: '127.0.0.7' }], {
      on: ['sctp4 stream', 'sctp4 seqpacket'],
      before: socket =>
        (socket as unknown as Socket).setOption(sctp.sockoptBindxAdd, [
          { host: '127.0.0.7' },
          { host: '127.0.0.8' },
        ]),
    }),
    nodelay: sets(true),
    disableFragments: sets(true),
    maxseg: sets({ value: 1000 }, value(1000)),
    maxBurst: sets({ value: 8 }, value(8)),
    context: sets({ value: 99 }, value(99)),
    fragmentInterleave: sets(1),
    partialDeliveryPoint: sets(1000),
    delayedSack: sets(
      { delay: 100 },
      matching((sack: sctp.DelayedSack) => sack.delay === 100),
    ),
    defaultSndinfo: sets(
      { stream: 0, ppid: 46 },
      matching((info: sctp.SendInfo) => info.ppid === 46),
    ),
    defaultPrinfo: sets(
      { policy: SCTP_PR_SCTP_TTL, value: 500 },
      { association: 0, policy: SCTP_PR_SCTP_TTL, value: 500 },
    ),
    prSupported: sets({ on: true }, on),
    iWantMappedV4Addr: sets(false),
    streamScheduler: sets({ value: SCTP_SS_RR }, value(SCTP_SS_RR)),
    streamSchedulerValue: refusesToRead('EINVAL', NONE),
    interleavingSupported: refusesToSet({ on: true }, 'EPERM', 'net.sctp.intl_enable is 0'),
    reconfigSupported: sets({ on: true }, on),
    enableStreamReset: sets({ value: SCTP_ENABLE_STRRESET_MASK }, value(SCTP_ENABLE_STRRESET_MASK)),
    resetStreams: refusesToSet({ flags: SCTP_STREAM_RESET_OUTGOING, streams: [0] }, 'EINVAL', NONE),
    resetAssoc: refusesToSet(0, 'EINVAL', NONE),
    addStreams: refusesToSet({ outstrms: 1 }, 'EINVAL', NONE),
    prAssocStatus: {
      parameter: { policy: SCTP_PR_SCTP_TTL },
      reads: matching((given: sctp.GivenUp) => given.abandonedSent === 0),
      on: connected,
    },
    prStreamStatus: {
      parameter: { policy: SCTP_PR_SCTP_TTL, stream: 0 },
      reads: matching((given: sctp.GivenUp) => given.abandonedSent === 0),
      on: connected,
    },
    events: sets(
      { association: true, shutdown: true },
      matching((events: sctp.SctpEvents) => events.association && events.shutdown && !events.address),
    ),
    event: {
      set: { type: SCTP_ASSOC_CHANGE, on: true },
      parameter: { type: SCTP_ASSOC_CHANGE },
      reads: { association: 0, type: SCTP_ASSOC_CHANGE, on: true },
    },
    recvrcvinfo: sets(true),
    recvnxtinfo: sets(true),
    getAssocStats: reads(
      matching((statistics: sctp.SctpStatistics) => statistics.opackets > 0),
      { on: connected },
    ),
  },
};
