// Whether KVM can be used. Within a virtual machine it may be there and abort, or start a kernel that never gets anywhere.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** What QEMU ends with when vm/init found the word `probe`: 2 * 42 + 1, by isa-debug-exit. */
const reachedInit = 85;

/**
 * Whether a kernel gets as far as its first process under KVM: `machine` makes QEMU's arguments of a kernel's. Asked once
 * for each start of this machine, since a `no` takes a while, and written to the file `memo`.
 */
export function hasKvm(machine, memo) {
  if (!existsSync('/dev/kvm')) return false;
  const start = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const [asked, answer] = existsSync(memo) ? readFileSync(memo, 'utf8').split(' ') : [];
  if (asked === start) return answer === 'yes';
  const args = ['-accel', 'kvm', ...machine('probe')];
  const { status } = spawnSync('qemu-system-x86_64', args, { stdio: 'ignore', timeout: 20_000 });
  writeFileSync(memo, `${start} ${status === reachedInit ? 'yes' : 'no'}`);
  return status === reachedInit;
}
