/** Every Linux constant with one of our prefixes is in a subject, or has a reason to be in none. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { columns, isInstalled, kernelHeaders, pinned } from '../../tables/columns.js';
import { includes, missingHeaders } from '../../tables/probe.js';
import { constantsOf } from '../../tables/subject.js';
import { subjects } from '../../tables/subjects/index.js';
import { idlePatterns, isLeftOut } from './left-out.js';

/** The prefixes of the names in our groups. */
const prefixes = `
  AF_ PF_ SOCK_ SOL_ SO_ SOMAXCONN MSG_ SCM_ SHUT_ SOF_ IPPROTO_ IPPORT_ INADDR_ IP_ IPTOS_ ICMP_ ICMPV6_ ICMP6_ IPV6_
  MCAST_ TCP_ TCPI_ UDP_ UDPLITE_ MPTCP_ TLS_ EAI_ AI_ NI_ CAN_ CANFD_ CANXL_ J1939_ NETLINK_ NLM_ NLMSG_ NLMSGERR_ NLA_
  PACKET_ TP_ TPACKET_ ETH_P_ ETHERTYPE_ ARPHRD_ TIPC_ ALG_ VMADDR_ VM_ VSOCK_ BDADDR_ BT_ BTPROTO_ HCI_ L2CAP_ RFCOMM_
  SCO_ RDS_ QRTR_ SCTP_ XDP_`
  .trim()
  .split(/\s+/);

const [linux] = columns;

/** Every constant that a set of headers defines. */
function namesOf(headers: readonly string[]): string[] {
  const [compiler, ...flags] = linux!.compiler as [string, ...string[]];
  const { stdout } = spawnSync(compiler, [...flags, '-w', '-E', '-dD', '-xc', '-'], {
    encoding: 'utf8',
    input: includes(headers).join('\n'),
    maxBuffer: 1 << 28,
  });
  // The guard of a header is also a macro, without a value. A macro with arguments has a parenthesis after
  // its name.
  const macros = [...stdout.matchAll(/^#define (\w+) +\S/gm)].map(([, name]) => name!);
  const code = stdout.replace(/^#.*$/gm, '');
  const enumerators = [...code.matchAll(/enum\b[^{;]*\{([^}]*)\}/g)].flatMap(([, body]) =>
    [...body!.matchAll(/(?:^|,)\s*(\w+)/g)].map(([, name]) => name!),
  );
  return [...macros, ...enumerators];
}

const sheets = new Map(
  subjects
    .flatMap(subject => subject.groups.map(group => group.headers?.linux ?? subject.headers.linux))
    .flatMap(sheet => (sheet === undefined ? [] : [[JSON.stringify(sheet), sheet] as const])),
);

/** Names with our prefixes that are not ours. */
function missingNames(): string[] {
  const constants = subjects.flatMap(subject => subject.groups.flatMap(constantsOf));
  const texts = subjects.flatMap(subject => (subject.strings ?? []).map(({ name }) => name));
  const ours = new Set([...constants.flatMap(({ name, expression }) => [name, expression]), ...texts]);
  const theirs = new Set([...sheets.values()].flatMap(namesOf));
  assert.ok(theirs.size > 2000);
  return [...theirs]
    .filter(name => prefixes.some(prefix => name.startsWith(prefix)) && !ours.has(name))
    .sort();
}

/** Why the names in this machine’s headers differ from those of the tables; newer headers have more. */
function unlikePinned(): string | false {
  if (!isInstalled(linux!)) return `needs a C compiler: ${linux!.cure}`;
  const version = kernelHeaders(linux!) ?? 'none';
  const isPinned = version.startsWith(`${pinned.version}.`);
  return (
    !isPinned && `needs the headers of Linux ${pinned.version} (${pinned.distribution}); here: ${version}`
  );
}

/** Why some names of our groups are not visible here, and how to fix that. */
function withoutHeaders(): string | false {
  const headers = new Set([...sheets.values()].flat());
  const lacking = missingHeaders(linux!.compiler, [...headers]);
  return lacking.length > 0 && `needs ${lacking.join(', ')}: ${linux!.cure}`;
}

/** CI has every header, so nothing is skipped there. */
const isGate = process.env.CI === 'true';
const unlike = unlikePinned();

test('no constant of the headers is missing', { skip: !isGate && unlike }, () => {
  assert.deepEqual(
    missingNames().filter(name => !isLeftOut(name)),
    [],
  );
});

test('every pattern of left-out.ts is needed', { skip: !isGate && (unlike || withoutHeaders()) }, () => {
  assert.equal(withoutHeaders(), false);
  assert.deepEqual(idlePatterns(missingNames()), []);
});
