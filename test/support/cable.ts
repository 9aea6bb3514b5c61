/** A cable between this machine and another one: a veth pair whose other interface is in a network namespace. */
import { spawnSync } from 'node:child_process';
import { inGuest, needsNamespaces, type Skip } from './kernel.js';
import { ip, Namespace } from './namespaces.js';

/** Parses a hardware address in the format of `ip`: `'0a:1b:2c:3d:4e:5f'`. */
export function hardwareBytes(text: string): Buffer {
  return Buffer.from(text.replaceAll(':', ''), 'hex');
}

/** Returns a hardware address in the format of `ip`. */
export function hardwareText(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(':');
}

/** One cable. Both interfaces are up and have addresses. */
export class Cable implements Disposable {
  readonly namespace: Namespace = new Namespace();
  /** The local interface. The remote one is `eth0`. */
  readonly name: string = `${this.namespace.name}h`;
  /** The local and the remote IPv4 address. */
  readonly here: string;
  readonly there: string;
  /** The local and the remote IPv6 address. */
  readonly here6: string;
  readonly there6: string;

  /** @param net the number of the cable's networks, 0 to 63: test files run in parallel, each with its own */
  constructor(net: number) {
    this.here = `198.51.100.${net * 4 + 1}`;
    this.there = `198.51.100.${net * 4 + 2}`;
    this.here6 = `2001:db8:${net + 100}::1`;
    this.there6 = `2001:db8:${net + 100}::2`;
    const { name, namespace } = this;
    ip(['link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace.name]);
    for (const [device, inet, inet6, where] of [
      [name, this.here, this.here6, undefined],
      ['eth0', this.there, this.there6, namespace],
    ] as const) {
      ip(['address', 'add', `${inet}/30`, 'dev', device], where);
      ip(['address', 'add', `${inet6}/64`, 'dev', device, 'nodad'], where);
      ip(['link', 'set', device, 'up'], where);
    }
    // The kernel drops packets until its link watch has seen the carrier (net/core/link_watch.c).
    while (!this.#isUp(name) || !this.#isUp('eth0', namespace));
  }

  #isUp(device: string, where?: Namespace): boolean {
    return ip(['link', 'show', device], where)[0]!.operstate === 'UP';
  }

  /** The hardware address of the local interface. */
  get hardware(): Buffer {
    return hardwareBytes(ip(['link', 'show', this.name])[0]!.address as string);
  }

  /** The hardware address of the remote interface. */
  get hardwareThere(): Buffer {
    return hardwareBytes(ip(['link', 'show', 'eth0'], this.namespace)[0]!.address as string);
  }

  /** Removes the cable. */
  [Symbol.dispose](): void {
    this.namespace.remove();
  }
}

/** Skips if the kernel does not support this kind of device. */
export function needsDevice(kind: string, ...more: string[]): Skip {
  if (needsNamespaces !== false || inGuest) return needsNamespaces;
  const namespace = new Namespace();
  const made = spawnSync('ip', ['-n', namespace.name, 'link', 'add', 'name', 'x', ...more, 'type', kind]);
  namespace.remove();
  return made.status === 0 ? false : `needs devices of type ${kind}: npm run test:vm`;
}
