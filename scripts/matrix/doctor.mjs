/** What `berkeley doctor` must print on a runtime: the runtime's name, no problem, and the sockets of this kernel. */
import { isDeepStrictEqual } from 'node:util';

/** Returns a sentence per fault of what doctor printed as JSON; `reference` is the diagnosis of this Node.js. */
export function doctorFaults(cell, diagnosis, reference) {
  const { runtime, families } = diagnosis;
  const [name] = cell.name.split(/[ ,]/);
  const faults = [];
  if (!runtime.runtime.startsWith(name)) faults.push(`doctor: the runtime is ${runtime.runtime}`);
  if (runtime.target !== cell.target) faults.push(`doctor: the binary is that of ${runtime.target}`);
  if (runtime.problem !== undefined) faults.push(`doctor: ${runtime.problem}`);
  // QEMU and Wine have fewer families than the kernel.
  if (cell.target.startsWith('linux-x64') && !isDeepStrictEqual(families, reference.families))
    faults.push(
      `doctor: other sockets than on Node.js: ${JSON.stringify(differing(families, reference.families))}`,
    );
  if (!families.some(({ name: family, state }) => family === 'TCP' && state === 'available'))
    faults.push('doctor: no TCP');
  return faults;
}

const differing = (families, others) =>
  families.filter(family => !others.some(other => isDeepStrictEqual(family, other)));
