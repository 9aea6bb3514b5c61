/**
 * Generates the page of errors: the codes with their classes, and the advice that messages end with. It asks the package's
 * own tables, with sample failures of every call, code, type and protocol.
 */

import * as berkeley from 'berkeley';
import { NLM_F_EXCL, RTM_NEWLINK } from 'berkeley/constants';
import {
  CTRL_ATTR_FAMILY_NAME,
  GENL_ID_CTRL,
  packGenericMessage,
  SOCK_DIAG_BY_FAMILY,
} from 'berkeley/netlink';
import { driverNamed } from '#src/address/registry.js';
import { advise } from '#src/errors/advice.js';
import type { Failure } from '#src/errors/adviser.js';
import { errnos } from '#src/errors/errno.js';
import { socketErrorOf } from '#src/errors/errors.js';
import { generalAdvice } from '#src/errors/general-advice.js';
import { adviseRequest } from '#src/netlink/advice.js';
import { code, page, table } from './markdown.js';

export const errorsFile = 'docs/reference/errors.md';

const CALLS = [
  ...['socket', 'socketpair', 'bind', 'listen', 'connect', 'accept', 'send', 'recv'],
  ...['getpeername', 'shutdown'],
];
const TYPES = [berkeley.SOCK_STREAM, berkeley.SOCK_DGRAM, berkeley.SOCK_RAW];

/** The protocols and addresses that a family's advice distinguishes. */
interface Samples {
  /** The heading of the family. */
  readonly title: string;
  readonly protocols?: readonly number[];
  readonly addresses?: readonly object[];
  /** A family whose advice applies too, and is not repeated. */
  readonly like?: string;
}

const internet: Samples = {
  title: 'IPv4',
  protocols: [
    ...[berkeley.IPPROTO_ICMP, berkeley.IPPROTO_SCTP, berkeley.IPPROTO_DCCP, berkeley.IPPROTO_UDPLITE],
    ...[berkeley.IPPROTO_L2TP, berkeley.IPPROTO_MPTCP, berkeley.IPPROTO_SMC],
  ],
  addresses: [
    { host: '192.0.2.1', port: 80 },
    { host: '192.0.2.1', port: 0 },
    { host: '192.0.2.255', port: 80 },
  ],
};

const families: Readonly<Record<string, Samples>> = {
  inet: internet,
  inet6: {
    ...internet,
    ...{ title: 'IPv6, in addition', like: 'inet' },
    protocols: [...internet.protocols!, berkeley.IPPROTO_ICMPV6],
    addresses: [
      { host: '2001:db8::1', port: 80 },
      { host: 'fe80::1', port: 80 },
    ],
  },
  unix: { title: 'Unix', addresses: [{ path: '/run/berkeley/example.sock' }, { abstract: 'example' }] },
  netlink: { title: 'Netlink' },
  packet: { title: 'Packet' },
  can: {
    title: 'CAN',
    protocols: [berkeley.CAN_RAW, berkeley.CAN_BCM, berkeley.CAN_ISOTP, berkeley.CAN_J1939],
    addresses: [{ interface: 'can0', pgn: 0 }, { interface: 'can0' }],
  },
  vsock: {
    title: 'vsock',
    addresses: [
      { cid: 1, port: 1024 },
      { cid: 3, port: 1024 },
    ],
  },
  bluetooth: { title: 'Bluetooth', protocols: [0, 1, 2, 3] },
  alg: {
    title: 'ALG',
    addresses: [
      { type: 'hash', name: 'example' },
      { type: 'example', name: 'example' },
    ],
  },
  tipc: { title: 'TIPC' },
  rds: { title: 'RDS' },
  smc: { title: 'SMC, in addition to IPv4', addresses: internet.addresses!, like: 'inet' },
  qipcrtr: { title: 'QIPCRTR' },
};

/** One line of advice, and the failures that it is for. */
interface Advice {
  readonly text: string;
  readonly codes: string[];
  readonly calls: string[];
}

type Adviser = (failure: Failure) => string | undefined;

/** The failures of a call with a code: one of each type, protocol, address, option and state. */
function* failures(syscall: string, name: string, errno: number, family: string): Generator<Failure> {
  const { protocols = [], addresses = [undefined] } = families[family] ?? {};
  const driver = driverNamed(family);
  const isSend = syscall === 'send';
  for (const type of TYPES)
    for (const protocol of [0, ...protocols])
      for (const address of addresses)
        for (const segmentSize of isSend ? [0, 1000] : [0])
          for (const isNew of isSend ? [false, true] : [false])
            yield {
              ...{ syscall, code: name, errno, family, type, protocol, address, driver },
              options: { segmentSize },
              hasNoPort: () => isNew,
              optionOf: () => (isNew ? 0 : 1), // any flag, such as IP_HDRINCL
            };
}

/** Whether advice depends on the kernel that generates this page: the sysctl exists since Linux 7. */
const dependsOnKernel = (text: string): boolean => text.includes('af_alg_restrict');

/** What the variants of a text have in common: they continue with the command for this socket. */
const headOf = (text: string): string => /^[^:;]+/.exec(text)![0];

/** The texts for a call with a code. Of those that begin alike, the longest is the example. */
function textsFor(call: string, name: string, errno: number, family: string, adviser: Adviser): string[] {
  const byHead = new Map<string, string>();
  for (const failure of failures(call, name, errno, family)) {
    const text = adviser(failure);
    if (text === undefined || dependsOnKernel(text)) continue;
    const other = byHead.get(headOf(text)) ?? '';
    if (text.length > other.length) byHead.set(headOf(text), text);
  }
  return [...byHead.values()];
}

function adviceOf(family: string, adviser: Adviser, others: readonly Advice[]): Advice[] {
  const known = new Set(others.map(({ text }) => text));
  const found = new Map<string, Advice>();
  for (const [name, linux] of errnos) {
    if (linux === null) continue;
    for (const call of CALLS)
      for (const text of textsFor(call, name, -linux, family, adviser)) {
        if (known.has(text)) continue;
        const advice = found.get(text) ?? { text, codes: [], calls: [] };
        if (!advice.codes.includes(name)) advice.codes.push(name);
        if (!advice.calls.includes(call)) advice.calls.push(call);
        found.set(text, advice);
      }
  }
  return [...found.values()];
}

/** Requests that the advice for netlink distinguishes. */
const requests = [
  { protocol: berkeley.NETLINK_ROUTE, type: RTM_NEWLINK, flags: NLM_F_EXCL, payload: Buffer.alloc(16) },
  {
    ...{ protocol: berkeley.NETLINK_GENERIC, type: GENL_ID_CTRL, flags: 0 },
    payload: packGenericMessage({ command: 3, attributes: [[CTRL_ATTR_FAMILY_NAME, 'nl80211\0']] }),
  },
  ...[berkeley.IPPROTO_UDP, 47].map(number => ({
    ...{ protocol: berkeley.NETLINK_SOCK_DIAG, type: SOCK_DIAG_BY_FAMILY, flags: 0 },
    payload: Buffer.concat([Buffer.of(berkeley.AF_INET, number), Buffer.alloc(54)]),
  })),
];

function requestAdvice(): Advice[] {
  const found = new Map<string, Advice>();
  for (const [name, linux] of errnos)
    for (const { protocol, ...options } of requests) {
      const failure = { syscall: 'netlink', code: name, errno: -(linux ?? 0), family: 'netlink', type: 3 };
      const text = adviseRequest({ ...failure, protocol, options });
      if (text !== undefined) found.set(text, { text, codes: [name], calls: ['netlink'] });
    }
  return [...found.values()];
}

function adviceTable(list: readonly Advice[]): string {
  const rows = list.map(({ codes, calls, text }) => [
    codes.map(code).join(', '),
    calls.length >= CALLS.length - 1 ? 'any' : calls.map(code).join(', '),
    text,
  ]);
  return table(['code', 'calls', 'the message ends with'], rows);
}

/** The class of a code, and what strerror(3) says of it. */
function codesTable(): string {
  const rows = errnos.flatMap(([name, linux, , , , message]) =>
    linux === null ? [] : [[code(name), String(-linux), code(classOf(name)), message]],
  );
  return table(['code', '`errno` on Linux', 'class', 'strerror(3)'], rows);
}

/** The class that the error of a code has. */
function classOf(name: string): string {
  return socketErrorOf(name, { syscall: '' }).constructor.name;
}

export function errorsPage(): string {
  const general = adviceOf('', generalAdvice, []);
  const lists = new Map<string, Advice[]>();
  for (const [family, { like }] of Object.entries(families))
    lists.set(family, adviceOf(family, advise, [...general, ...(lists.get(like ?? '') ?? [])]));
  const sections = [...lists]
    .filter(([, list]) => list.length > 0)
    .flatMap(([family, list]) => [`### ${families[family]!.title}`, adviceTable(list)]);
  return page('Errors and advice', [
    'Every code of a failed system call with its class, and the advice that `hint` and the end of `message` contain. [Errors and what to do](../guides/errors.md) explains them.',
    '## Advice',
    'The advice on Linux, by the code and the call that failed. `send` and `recv` include their variants, such as `sendto` and `recvmsg`. Names and numbers in it are those of examples.',
    '### Every family',
    adviceTable(general),
    ...sections,
    '### Netlink requests',
    adviceTable(requestAdvice()),
    '## Codes',
    'Windows, macOS and FreeBSD have other numbers for the same codes. Programs compare `code`.',
    codesTable(),
  ]);
}
