/**
 * Options of a socket that is connected to macOS' control for utun interfaces, level SYSPROTO_CONTROL. net/if_utun.h.
 */
import * as constants from '../families/system/constants.js';
import { uint32 } from '../layout/numbers.js';
import { text } from '../layout/text.js';
import { defineLevel } from './level.js';
import type { Option, ReadOnlyOption } from './option.js';

const utun = defineLevel({
  constants,
  level: constants.SYSPROTO_CONTROL,
  families: ['system'],
  man: 'net/if_utun.h',
});

/** The maximum length of an interface name, including its NUL: IFXNAMSIZ of net/if_var_private.h. */
const NAME = 24;

/**
 * The name of the interface that the socket controls: `utun3`. Only a connected socket has one.
 *
 * @experimental
 */
export const ifname: ReadOnlyOption<string, 'system'> = utun.readOnly('UTUN_OPT_IFNAME', text(NAME));

/**
 * A mask of `UTUN_FLAGS`. Set it before connecting.
 *
 * @experimental
 */
export const flags: Option<number, 'system'> = utun.readWrite('UTUN_OPT_FLAGS', uint32, { needs: 'root' });
