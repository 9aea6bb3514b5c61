/** Options of every socket: level SOL_SOCKET. socket(7). */
import * as c from '../constants/socket.js';
import { boolean, int, natural } from './codec.js';
import { defineOption, defineReadOnly, type Option, type ReadOnlyOption } from './option.js';
import { type Linger, lingerCodec } from './structures.js';

const level = c.SOL_SOCKET;
const man = 'socket(7)';

/** Lets an address be bound that old connections in `TIME_WAIT` still hold. */
export const reuseaddr: Option<boolean> = defineOption(
  { name: 'SO_REUSEADDR', level, option: c.SO_REUSEADDR, man },
  boolean,
);

/** The receive buffer, in bytes. */
export const rcvbuf: Option<number> = defineOption(
  {
    name: 'SO_RCVBUF',
    level,
    option: c.SO_RCVBUF,
    man,
    note: 'Linux doubles the value, for its own bookkeeping',
  },
  natural,
);

/** What close(2) does with data that is not sent yet. */
export const linger: Option<Linger> = defineOption(
  { name: 'SO_LINGER', level, option: c.SO_LINGER, man },
  lingerCodec,
);

/** The error that waits to be reported, as a positive errno, and clears it; 0 for none. */
export const error: ReadOnlyOption<number> = defineReadOnly(
  { name: 'SO_ERROR', level, option: c.SO_ERROR, man },
  int,
);
