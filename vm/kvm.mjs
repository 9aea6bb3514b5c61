// Whether KVM works. In a virtual machine it can be present and still abort, or start a kernel that hangs.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** QEMU's exit status if vm/init found the word `probe`: 2 * 42 + 1, by isa-debug-exit. */
const reachedInit = 85;

/**
 * Whether a kernel reaches its first process under KVM. `machine` makes QEMU's arguments from a kernel's. The
 * result is written to the file `memo`, and computed once per boot of this machine, because a `no` takes a
 * while.
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
