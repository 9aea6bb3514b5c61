/**
 * Two machines on one host: network namespaces with two cables between them, which are removed at the end.
 */
import { execFileSync, spawnSync } from 'node:child_process';

/** One end of a cable: an interface and its addresses. */
export interface Port {
  readonly interface: string;
  readonly inet: string;
  readonly inet6: string;
}

function port(machine: 0 | 1, cable: number): Port {
  const end = machine + 1;
  return {
    interface: `cable${cable}`,
    inet: `198.51.100.${cable * 16 + end}`,
    inet6: `2001:db8:${cable}::${end}`,
  };
}

/** For `skip`: why namespaces are not available, and how to fix that. */
export function withoutNamespaces(): string | false {
  if (process.geteuid?.() !== 0) return 'needs root: sudo npm test';
  const { error, status } = spawnSync('ip', ['netns', 'list']);
  if (error || status !== 0) return 'needs ip(8): apt-get install iproute2';
  const name = `berkeley-try-${process.pid}`;
  const made = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' });
  spawnSync('ip', ['netns', 'del', name]);
  return (
    made.status !== 0 && `needs network namespaces: CONFIG_NET_NS, CAP_SYS_ADMIN (${made.stderr.trim()})`
  );
}

export class Machines {
  readonly #names = [0, 1].map(i => `berkeley-${process.pid}-${i}`) as [string, string];

  constructor(readonly cables = 2) {
    try {
      for (const name of this.#names) this.#ip('netns', 'add', name);
      for (let cable = 1; cable <= cables; cable++) this.#connect(cable);
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  /** The command with which to run a program on one of the machines. */
  on(machine: 0 | 1, ...command: readonly string[]): [string, ...string[]] {
    return ['ip', 'netns', 'exec', this.#names[machine], ...command];
  }

  /** The ends of a machine, one for each cable. */
  ports(machine: 0 | 1): Port[] {
    return Array.from({ length: this.cables }, (_, i) => port(machine, i + 1));
  }

  [Symbol.dispose](): void {
    for (const name of this.#names) spawnSync('ip', ['netns', 'del', name]);
  }

  #connect(cable: number): void {
    const [here, there] = this.#names;
    const name = port(0, cable).interface;
    this.#ip('link', 'add', name, 'netns', here, 'type', 'veth', 'peer', 'name', name, 'netns', there);
    for (const machine of [0, 1] as const) {
      const { inet, inet6 } = port(machine, cable);
      const of = ['-n', this.#names[machine]];
      this.#ip(...of, 'addr', 'add', `${inet}/28`, 'dev', name);
      this.#ip(...of, 'addr', 'add', `${inet6}/64`, 'dev', name, 'nodad');
      this.#ip(...of, 'link', 'set', name, 'up');
    }
  }

  #ip(...args: string[]): void {
    execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  }
}
