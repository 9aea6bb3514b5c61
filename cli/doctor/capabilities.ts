/** The capabilities of this process that sockets need: capabilities(7). */
import { readFileSync } from 'node:fs';

/** A capability. */
export interface CapabilityReport {
  readonly name: string;
  /** Whether this process has it. */
  readonly held: boolean;
  /** What it permits. */
  readonly permits: string;
}

/** The bit of each capability in /proc/<pid>/status: linux/capability.h. */
const rows = [
  { name: 'CAP_NET_RAW', bit: 13, permits: 'raw and packet sockets' },
  {
    name: 'CAP_NET_ADMIN',
    bit: 12,
    permits: 'changes of interfaces and routes, SO_MARK, SO_RCVBUFFORCE, transparent sockets',
  },
  { name: 'CAP_NET_BIND_SERVICE', bit: 10, permits: 'ports below net.ipv4.ip_unprivileged_port_start' },
  { name: 'CAP_SYS_ADMIN', bit: 21, permits: 'network namespaces, other identities in SCM_CREDENTIALS' },
] as const;

/** Returns the capabilities; an empty list on systems that do not have them. */
export function reportCapabilities(): CapabilityReport[] {
  const effective = effectiveCapabilities();
  if (effective === undefined) return [];
  return rows.map(({ name, bit, permits }) => ({
    name,
    permits,
    held: ((effective >> BigInt(bit)) & 1n) === 1n,
  }));
}

function effectiveCapabilities(): bigint | undefined {
  try {
    const line = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'latin1'));
    return line === null ? undefined : BigInt(`0x${line[1]}`);
  } catch {
    return undefined; // not Linux, or no permission to read it (Deno)
  }
}
