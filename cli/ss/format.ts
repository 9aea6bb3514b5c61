/** Sockets as the table that ss(8) prints. */
import { if_indextoname } from 'berkeley';
import type { SocketEntry, SocketOwner, UnixSocketEntry } from 'berkeley/netlink';
import { columns } from '../table.js';
import type { Entry } from './list.js';

/** The names of ss, by the numbers of linux/tcp_states.h. */
const states = [
  ...['?', 'ESTAB', 'SYN-SENT', 'SYN-RECV', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT', 'UNCONN'],
  ...['CLOSE-WAIT', 'LAST-ACK', 'LISTEN', 'CLOSING', 'NEW-SYN-RECV'],
];

const HEAD = ['Netid', 'State', 'Recv-Q', 'Send-Q', 'Local Address:Port', 'Peer Address:Port', 'Process'];

/** Returns the lines of the table, with its head. */
export function tableOf(entries: readonly Entry[]): string[] {
  return columns([HEAD, ...entries.map(rowOf)], [2, 3]);
}

function rowOf(entry: Entry): string[] {
  const [local, remote] = entry.family === 'unix' ? unixNames(entry) : internetNames(entry);
  return [
    entry.kind,
    states[entry.state] ?? String(entry.state),
    String(entry.receiveQueue),
    String(entry.sendQueue),
    local,
    remote,
    processes(entry.owners ?? []),
  ];
}

function internetNames({ local, remote, interfaceIndex }: SocketEntry): [string, string] {
  const name = (address: SocketEntry['local'], device: string) => {
    const host = address.family === 'inet6' ? `[${address.host}]` : address.host;
    return `${host}${device}:${address.port === 0 ? '*' : address.port}`;
  };
  return [name(local, interfaceIndex === 0 ? '' : `%${deviceName(interfaceIndex)}`), name(remote, '')];
}

function deviceName(index: number): string {
  try {
    return if_indextoname(index);
  } catch {
    return String(index);
  }
}

function unixNames({ local, inode, peerInode }: UnixSocketEntry): [string, string] {
  const name = 'path' in local ? String(local.path) : 'abstract' in local ? `@${local.abstract}` : '*';
  return [`${name} ${inode}`, `* ${peerInode ?? 0}`];
}

function processes(owners: readonly SocketOwner[]): string {
  if (owners.length === 0) return '';
  return `users:(${owners.map(({ command, pid, fd }) => `("${command}",pid=${pid},fd=${fd})`).join(',')})`;
}
