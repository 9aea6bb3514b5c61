/** Cases after which no event can arrive in the thread any more. This module imports nothing of the package. */
import type { Case } from './cases.js';
import type { Form } from './stage.js';

/** How the thread is woken: BERKELEY_WAKEUP. */
export type Wakeup = 'uv' | 'thread';

/** Returns whether a case ends the reactor of the thread, so that it needs a thread of its own. */
export function endsReactor({ row, fault, plan }: Case, form: Form, wakeup: Wakeup): boolean {
  if (plan.action !== 'fail' || fault === 'EINTR' || row.endsReactor === undefined) return false;
  return row.endsReactor === 'always' || (wakeup === 'thread' && form === 'promise');
}
