/** AF_SYSTEM: kernel controls of macOS, by which kernel and processes talk. sys/kern_control.h. */
import type { FamilyDriver } from '../../address/driver.js';
import { defineFamily } from '../../address/registry.js';
import { adviceFrom } from '../../errors/advice-table.js';
import { decodeSystem, encodeSystem, formatSystem, parseSystem } from './address.js';
import { AF_SYSTEM } from './constants.js';
import { withControlId } from './control-id.js';

export const system: FamilyDriver<'system'> = defineFamily({
  name: 'system',
  number: AF_SYSTEM,
  advise: adviceFrom([{ calls: ['socket'], codes: ['EAFNOSUPPORT'], text: 'only macOS has AF_SYSTEM' }]),
  encode: encodeSystem,
  decode: decodeSystem,
  format: formatSystem,
  parse: parseSystem,
  describe: address => ({ address: formatSystem(address) }),
  // One system call that never waits, whichever face asks.
  resolve: async address => withControlId(address),
  resolveSync: withControlId,
  isResolved: address => !('name' in address),
  isPure: address => !('name' in address),
});
