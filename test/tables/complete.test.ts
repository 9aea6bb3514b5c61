/** Every constant that the headers of Linux have of our groups is in a subject, or has a reason to be in none. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { columns, isInstalled } from '../../tables/columns.js';
import { includes } from '../../tables/probe.js';
import { constantsOf } from '../../tables/subject.js';
import { subjects } from '../../tables/subjects/index.js';
import { idlePatterns, isLeftOut } from './left-out.js';

/** What the names of our groups begin with. */
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
  // The guard of a header is a macro too, without a value; one with arguments has a parenthesis at its name.
  const macros = [...stdout.matchAll(/^#define (\w+) +\S/gm)].map(([, name]) => name!);
  const code = stdout.replace(/^#.*$/gm, '');
  const enumerators = [...code.matchAll(/enum\b[^{;]*\{([^}]*)\}/g)].flatMap(([, body]) =>
    [...body!.matchAll(/(?:^|,)\s*(\w+)/g)].map(([, name]) => name!),
  );
  return [...macros, ...enumerators];
}

test('no constant of the headers is missing', {
  skip: !isInstalled(linux!) && `needs a C compiler: ${linux!.cure}`,
}, () => {
  const constants = subjects.flatMap(subject => subject.groups.flatMap(constantsOf));
  const texts = subjects.flatMap(subject => (subject.strings ?? []).map(({ name }) => name));
  const ours = new Set([...constants.flatMap(({ name, expression }) => [name, expression]), ...texts]);
  const sheets = subjects.flatMap(subject =>
    subject.groups.map(group => group.headers?.linux ?? subject.headers.linux),
  );
  const headers = new Set(sheets.filter(sheet => sheet !== undefined).map(sheet => JSON.stringify(sheet)));
  const theirs = new Set([...headers].flatMap(sheet => namesOf(JSON.parse(sheet) as string[])));
  const missing = [...theirs]
    .filter(name => prefixes.some(prefix => name.startsWith(prefix)) && !ours.has(name))
    .sort();
  assert.ok(theirs.size > 2000);
  assert.deepEqual(
    missing.filter(name => !isLeftOut(name)),
    [],
  );
  assert.deepEqual(idlePatterns(missing), [], 'patterns that nothing needs any more');
});
