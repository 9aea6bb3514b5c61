/**
 * Every option with a Linux constant has a row or a reason to have none, and every row is named after its
 * constant.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constantsOf } from '../../tables/subject.js';
import { subjects } from '../../tables/subjects/index.js';
import { Columns } from '../../tables/table.js';
import { groups } from './rows.js';
import { idleRules, whyWithoutRow } from './without-rows.js';

/** The prefixes of the C names of a group's options. */
const prefixes: Readonly<Record<string, string>> = {
  alg: 'ALG_',
  bluetooth: 'BT_',
  canIsotp: 'CAN_ISOTP_',
  canJ1939: 'SO_J1939_',
  canRaw: 'CAN_RAW_',
  dccp: 'DCCP_SOCKOPT_',
  hci: 'HCI_',
  hyperv: 'HVSOCKET_',
  icmp: 'ICMP_',
  icmp6: 'ICMP6_',
  ip: 'IP_',
  ipv6: 'IPV6_',
  l2cap: 'L2CAP_',
  mptcp: 'MPTCP_',
  netlink: 'NETLINK_',
  packet: 'PACKET_',
  rds: 'RDS_',
  rfcomm: 'RFCOMM_',
  sco: 'SCO_',
  sctp: 'SCTP_',
  smc: 'SMC_',
  so: 'SO_',
  tcp: 'TCP_',
  tipc: 'TIPC_',
  udp: 'UDP_',
  udplite: 'UDPLITE_',
  unix: 'LOCAL_',
  utun: 'UTUN_OPT_',
  vsock: 'SO_VM_SOCKETS_',
};

/** Rows whose constants come from another group, with another prefix. */
const others = ['IP6T_SO_', 'SO_RDS_', 'SO_'];

/** `SO_RCVBUF` as `rcvbuf`, `TCP_USER_TIMEOUT` as `userTimeout`. */
function rowName(constant: string, prefix: string): string {
  const own = [prefix, ...others].find(start => constant.startsWith(start)) ?? '';
  return constant
    .slice(own.length)
    .toLowerCase()
    .replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const rows = groups.flatMap(([group, members]) => members.map(([name, row]) => ({ group, name, row })));

test('a row is named after its constant', () => {
  for (const { group, name, row } of rows) assert.equal(name, rowName(row.name, prefixes[group]!), row.name);
});

test('a row belongs to its group’s level, and has a description', () => {
  for (const { row } of rows) {
    assert.match(row.name, /^[A-Z0-9_]+$/);
    assert.ok(row.man.length > 0, row.name);
    assert.ok(Object.isFrozen(row), row.name);
    if (row.since !== undefined) assert.match(row.since, /^\d+\.\d+$/, row.name);
  }
});

test('no option has two rows in one group', () => {
  const keys = rows.map(({ group, row }) => `${group} ${row.name}`);
  assert.deepEqual(
    keys.filter((key, i) => keys.indexOf(key) !== i),
    [],
  );
});

test('every option of Linux has a row or a reason to have none', () => {
  const columns = new Columns();
  const optionGroups = subjects
    .flatMap(subject => subject.groups)
    .filter(({ about }) => /^A socket option|RFC 3678/.test(about));
  const names = optionGroups.flatMap(constantsOf).map(({ name }) => name);
  const ofLinux = names.filter(name => columns.value('linux', name) !== null);
  const named = new Set(rows.map(({ row }) => row.name));
  const values = /^MCAST_(EX|IN)CLUDE$/;
  const without = ofLinux.filter(name => !named.has(name) && !values.test(name));
  assert.deepEqual(
    without.filter(name => whyWithoutRow(name) === undefined),
    [],
  );
  assert.deepEqual(idleRules(without), [], 'rules that nothing needs any more');
});
