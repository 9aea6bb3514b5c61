/** Where the programs of guides run. */
import { AF_CAN, CAN_RAW, SOCK_RAW } from 'berkeley';
import { needsDevice } from '../support/cable.js';
import { needsCommand, needsNamespaces, needsSocket, notOnWindows, type Skip } from '../support/kernel.js';

interface Place {
  readonly skip: Skip;
  /** Returns the command that runs a program after the commands of `setup`. */
  command(program: readonly string[], setup: string): readonly string[];
}

/**
 * A network of its own, in which the names of network namespaces are its own too. The kernel removes all of it when the
 * program has ended.
 */
function inNetwork(program: readonly string[], setup: string): readonly string[] {
  const prepare = 'mkdir -p /run/netns && mount -t tmpfs tmpfs /run/netns && ip link set lo up';
  const script = `set -e\n${prepare}\n${setup}\nexec "$@"`;
  return ['unshare', '--net', '--mount', 'sh', '-c', script, 'sh', ...program];
}

/** Runs a program without a capability, as root of a container without it does. */
const without = (capability: string) => [
  'setpriv',
  `--bounding-set=-${capability}`,
  `--inh-caps=-${capability}`,
];

/** The places, by the name in the comment before a program. */
export const places = {
  here: {
    skip: notOnWindows('Unix sockets of every type'),
    command: program => program,
  },
  network: { skip: needsNamespaces, command: inNetwork },
  'network, without CAP_NET_RAW': {
    skip: needsNamespaces || needsCommand('setpriv', 'util-linux'),
    command: (program, setup) => inNetwork([...without('net_raw'), ...program], setup),
  },
  can: {
    skip: needsSocket('AF_CAN', AF_CAN, SOCK_RAW, CAN_RAW) || needsDevice('vcan'),
    command: inNetwork,
  },
} as const satisfies Readonly<Record<string, Place>>;

/** The name of a place. */
export type PlaceName = keyof typeof places;
